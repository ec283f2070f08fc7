"""The commands, their options and their help."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path

from store.intake.errors import RefusedError
from store.intake.values import parse_time

DEFAULT_LIMIT = 5  # answers to a question


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; `command` is None when none is given."""
    parser = argparse.ArgumentParser(
        prog="bot.py",
        description="Answers with the exact sentence and its source, and alerts a team to new facts.",
        epilog="Without a command: run when there is a token, else chat. 'bot.py COMMAND --help' tells more.",
    )
    parser.add_argument("--db", type=Path, metavar="PATH", help="the SQLite file (before the command)")
    parser.add_argument("--config", type=Path, metavar="PATH", help="the TOML settings file (before the command)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("run", help="the Telegram bot").description = "Runs the Telegram bot until it is stopped."
    commands.add_parser(
        "chat", help="the same bot in this terminal"
    ).description = "Talks like the Telegram bot, in this terminal; lines from standard input are messages."
    for add in (_add_ingest, _add_ask, _add_facts, _add_alerts, _add_watch, _add_check, _add_copies):
        add(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse gives this type no public name


def _add_ingest(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ingest", help="store stories")
    parser.description = (
        "Stores stories: text files, folders of them (.txt, .text, .md; what is left out is said), or standard input."
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a file, a folder or - (standard input)")
    parser.add_argument("--jsonl", action="store_true", help="sources hold JSON lines; prints one line a story")
    parser.add_argument("--outlet", help="who published it; else the agency in the text's dateline")
    parser.add_argument("--published", type=_time, metavar="TIME", help="when, ISO 8601 with a zone")
    parser.add_argument("--title", help="the headline, when the text is without")
    parser.add_argument("--url", help="the address of the story")
    parser.add_argument("--all", action="store_true", help="take even a folder of over 1,000 texts, or a whole disk")
    parser.add_argument("--quiet-alerts", action="store_true", help="store without alerting anybody (a first import)")


def _add_ask(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ask", help="answer a question")
    parser.description = (
        "Answers a question with the sentences that are held, or says that none is; 'what's new', also on something,"
        " lists the newest."
    )
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="in everyday words; quotes are not needed")
    parser.add_argument("--jsonl", action="store_true", help="answer JSON lines from standard input")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--limit", type=_count, default=DEFAULT_LIMIT, metavar="N", help="answers, at most (default 5)")
    parser.add_argument("--now", type=_time, metavar="TIME", help="read dates against this time, not the clock")
    parser.add_argument("--outlet", help="only what this outlet published")
    parser.add_argument("--since", type=_day, metavar="DAY", help="only what was published on this day or later")
    parser.add_argument("--until", type=_day, metavar="DAY", help="only what was published on this day or before")
    parser.add_argument("--speaker", help="only what this person or body said")
    parser.add_argument("--explain", action="store_true", help="show why: words read, candidates, scores")


def _add_facts(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("facts", help="list facts")
    parser.description = "Lists the facts that are held, story by story."
    parser.add_argument("--story", metavar="ID", help="only those of this story")
    parser.add_argument("--jsonl", action="store_true", help="print one JSON line a fact")
    parser.add_argument("--explain", type=int, metavar="FACT", help="show which rule gave which field of one fact")


def _add_alerts(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("alerts", help="list alerts and whether they were sent")
    parser.description = "Lists alerts, oldest first, with their state."
    parser.add_argument("--jsonl", action="store_true", help="print one JSON line an alert")


def _add_watch(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("watch", help="try a phrase on what is held")
    parser.description = "Shows which stored stories a subscription to PHRASE would have matched."
    parser.add_argument("phrase", nargs="+", metavar="PHRASE", help="words that must all occur, in any spelling")
    parser.add_argument("--try", dest="attempt", action="store_true", required=True, help="needed: nothing is stored")
    parser.add_argument("--jsonl", action="store_true", help="print one JSON line a story")


def _add_check(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("check", help="say what is wrong with settings, database and token")
    parser.description = "Checks settings, database and token; status 1 when something is wrong."


def _add_copies(commands: Commands[argparse.ArgumentParser]) -> None:
    for name, short, tells in (
        ("backup", "copy the database", "Writes a checked copy of the database to PATH, also while the bot runs."),
        ("restore", "put a copy back", "Puts a checked copy in the place of the database; the bot must be stopped."),
        ("export", "write everything as JSON lines", "Writes all that is held to PATH; - is standard output."),
    ):
        parser = commands.add_parser(name, help=short, description=tells)
        parser.add_argument("path", type=Path, metavar="PATH")


def _time(text: str) -> datetime:
    try:
        return parse_time(text)
    except RefusedError as refused:
        raise argparse.ArgumentTypeError(refused.why) from None


def _day(text: str) -> date:
    """Take a day, or a time of which the day counts."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as 2026-02-03") from None


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:4]) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 100")
    return int(text)
