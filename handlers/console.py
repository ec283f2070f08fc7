"""A Telegram of one terminal: the same Application and handlers, with a terminal where the network would be."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TextIO

from telegram import Bot, Update
from telegram.request import BaseRequest, RequestData

from handlers.application import build_application
from handlers.context import Services

# Nobody on Telegram has these numbers; whoever sits at the terminal may do everything.
PERSON, BOT = 1, 2
TOKEN = "2:console"  # noqa: S105 - nothing is ever sent with it
_ME = {"id": BOT, "is_bot": True, "first_name": "Dateline", "username": "dateline"}
_CHAT = {"id": PERSON, "type": "private", "first_name": "you"}
_LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
_STYLES = {"b": "1", "i": "2", "code": "2"}  # ECMA-48 SGR: bold, faint
_TAG = re.compile(r"<(/?)(\w+)>")


class Terminal(BaseRequest):
    """What stands in for the connection to Telegram: methods are done here, and messages are printed."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], datetime], *, styled: bool) -> None:
        self._write = write
        self._clock = clock
        self._styled = styled
        # Numbers go on from run to run, since a message is answered once in the life of the store.
        self._numbers = itertools.count(int(clock().timestamp() * 1000))

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Do what the method at the end of *url* asks; Any: timeouts, of which there are none."""
        params = request_data.parameters if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._do(url.rsplit("/", 1)[1], params)}).encode()

    def _do(self, name: str, params: dict[str, Any]) -> object:
        if name == "getMe":
            return _ME
        if name in ("sendMessage", "editMessageText"):
            self._write(as_terminal_text(params["text"], styled=self._styled))
            return self.message(params["text"], sender=_ME)
        return True

    def message(self, text: str, *, sender: dict[str, Any]) -> dict[str, Any]:
        """Return a message in this chat as the Bot API shows it."""
        command = re.match(r"/\w+", text)
        entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
        return {
            "message_id": next(self._numbers),
            "date": int(self._clock().timestamp()),
            "chat": _CHAT,
            "from": sender,
            "text": text,
            "entities": entities,
        }

    def update(self, text: str, bot: Bot) -> Update:
        """Return what Telegram would tell the bot when somebody types *text*."""
        message = self.message(text, sender=_CHAT | {"is_bot": False})
        return Update.de_json({"update_id": message["message_id"], "message": message}, bot)


async def run_console(services: Services, stdin: TextIO, stdout: TextIO) -> None:
    """Answer each line of *stdin* as if it had been written to the bot, until it ends; the opening words come first."""

    def write(text: str) -> None:
        print(text, end="\n\n", file=stdout, flush=True)

    terminal = Terminal(write, services.clock, styled=stdout.isatty())
    services = replace(services, admins=services.admins | {PERSON}, part_wait_s=0)
    application = build_application(services, token=TOKEN, request=terminal)
    async with application:
        await application.process_update(terminal.update("/start", application.bot))
        prompt = "> " if stdin.isatty() and stdout.isatty() else ""
        while line := _next_line(stdin, stdout, prompt):
            if line.strip():
                if not prompt:  # nobody has seen what was asked
                    write(f"> {line.strip()}")
                await application.process_update(terminal.update(whole(line.strip("\n")), application.bot))


def _next_line(stdin: TextIO, stdout: TextIO, prompt: str) -> str:
    """Wait for a line, here and not in a thread: nothing else is going on, and no thread could be told of Ctrl-C."""
    stdout.write(prompt)
    stdout.flush()
    return stdin.readline()


def whole(text: str) -> str:
    """Return *text* with a mark where half a character stands, as Telegram would have it."""
    return text.encode("utf-8", "replace").decode()


def as_terminal_text(markup: str, *, styled: bool) -> str:
    """Return a message as a terminal shows it: links with their address, quotations set in, bold where *styled*."""
    text = _LINK.sub(lambda link: f"{link[2]} <{link[1]}>".replace("<", "&lt;").replace(">", "&gt;"), markup)
    text = re.sub(r"<blockquote>(.*?)</blockquote>", lambda quote: _set_in(quote[1]), text, flags=re.DOTALL)
    text = _TAG.sub(lambda tag: _style(tag[1], tag[2]) if styled else "", text)
    return html.unescape(text)


def _set_in(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


def _style(closing: str, name: str) -> str:
    return "\x1b[0m" if closing else f"\x1b[{_STYLES.get(name, '0')}m"
