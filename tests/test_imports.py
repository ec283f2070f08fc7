"""Who may import whom, for what import-linter cannot see: `bot.py` is a module and no package."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("config", "handlers", "store")


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each module that *file* imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_imports_bot(package: str) -> None:
    """bot.py is where it starts; whatever needs something of it asks for an argument."""
    found = [
        f"{file}:{line}" for file in (ROOT / package).rglob("*.py") for line, name in imports_of(file) if name == "bot"
    ]

    assert found == []


def test_bot_speaks_no_sql_and_no_telegram() -> None:
    """It wires; what it wires does the talking."""
    names = {name.split(".")[0] for _, name in imports_of(ROOT / "bot.py")}

    assert names & {"sqlite_utils", "sqlite3", "pysqlite3", "telegram"} == set()


@pytest.mark.parametrize("command", ["ask", "ingest", "facts", "alerts", "watch", "check", "backup", "export"])
def test_quick_commands_load_no_telegram(command: str) -> None:
    """Neither its library nor asyncio's HTTP client: they would double the time to an answer."""
    script = (
        "import sys; import bot\n"
        f"from handlers.commandline import ON_FILE, on_file, on_store; name = {command!r}\n"
        "on_file(name) if name in ON_FILE else on_store(name)\n"
        "print(*sorted({'telegram', 'httpx'} & set(sys.modules)))"
    )

    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == ""
