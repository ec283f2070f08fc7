"""A Bot API server on loopback: HTTP, the update queue, and whatever can go wrong on the way."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.telegram.world import Json, RefusalError, World

TOKEN = "7000000001:AAtest-token_that_looks_like_one_0001"
PATH = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]+)/(?P<rest>.+)")
# Parameters that are text in Telegram's eyes even when they look like numbers or JSON.
TEXTS = {"inline_query_id", "text", "caption", "parse_mode", "callback_query_id", "file_id"}


@dataclass
class Mishap:
    """What goes wrong with one call."""

    status: int = 0  # answer with this HTTP status instead
    body: Json | None = None
    accept: bool = False  # and yet do what was asked
    cut: bool = False  # close the connection without an answer
    delay_s: float = 0.0  # answer late
    until: threading.Event | None = None  # answer only once this is set


def too_many(retry_after: int) -> Mishap:
    """429: nothing was done, and Telegram says how long to wait."""
    description = f"Too Many Requests: retry after {retry_after}"
    parameters = {"retry_after": retry_after}
    return Mishap(429, {"ok": False, "error_code": 429, "description": description, "parameters": parameters})


def bad_gateway(*, accept: bool = False) -> Mishap:
    """502: nobody knows whether it was done."""
    return Mishap(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}, accept=accept)


def too_old() -> Mishap:
    """400: a button was pressed so long ago that nobody waits for word of it."""
    description = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    return Mishap(400, {"ok": False, "error_code": 400, "description": description})


def late(delay_s: float) -> Mishap:
    """Done at once, and answered when the bot has stopped waiting."""
    return Mishap(accept=True, delay_s=delay_s)


def cut(*, accept: bool) -> Mishap:
    """The connection breaks, before or after it was done."""
    return Mishap(cut=True, accept=accept)


def held(until: threading.Event, *, accept: bool) -> Mishap:
    """Done, or not, and not answered before *until* is set; then the connection breaks."""
    return Mishap(cut=True, accept=accept, until=until)


@dataclass
class Call:
    """One call of the bot, as it came in."""

    method: str
    params: Json
    result: Any = None  # None when it was refused or not accepted
    at: float = field(default_factory=time.monotonic)


@dataclass
class BotApi:
    """The server. A context manager: it listens inside, and nothing of it is left afterwards."""

    world: World = field(default_factory=World)
    calls: list[Call] = field(default_factory=list)
    token: str = TOKEN

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._updates: list[Json] = []
        self._repeated: list[Json] = []
        self._next_update = 5001
        self._poller: object | None = None
        self._mishaps: defaultdict[str, deque[Mishap]] = defaultdict(deque)
        self._stopping = False
        self._connections: set[socket.socket] = set()

    def __enter__(self) -> BotApi:
        self._http = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """What TELEGRAM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._http.server_port}/bot"

    @property
    def base_file_url(self) -> str:
        """What TELEGRAM_BASE_FILE_URL is set to."""
        return f"http://127.0.0.1:{self._http.server_port}/file/bot"

    # What people do

    def say(self, text: str, *, user: int, chat: int | None = None, reply_to: int | None = None, **more: Any) -> int:
        """Let *user* write *text*, in private when no chat is named; returns the message's number."""
        return self.post(self.world.text(text) | more, user=user, chat=chat, reply_to=reply_to)

    def send_file(self, data: bytes, name: str, *, user: int, chat: int | None = None) -> int:
        """Let *user* send a document."""
        return self.post(self.world.document(data, name), user=user, chat=chat)

    def post(self, content: Json, *, user: int, chat: int | None = None, reply_to: int | None = None) -> int:
        """Let *user* send a message of this content."""
        with self._changed:
            message = self.world.message(user, user if chat is None else chat, content, reply_to=reply_to)
        self.update({"message": message})
        return message["message_id"]

    def edit(self, message_id: int, text: str, *, chat: int) -> None:
        """Let somebody edit a message of theirs."""
        with self._changed:
            message = self.world.messages[chat, message_id]
            message.update(self.world.text(text), edit_date=int(time.time()))
        self.update({"edited_message": dict(message)})

    def press(self, data: str, *, user: int, message_id: int, chat: int) -> None:
        """Let *user* press a button under a message of the bot."""
        with self._changed:
            message = self.world.messages[chat, message_id]
        query = {"id": f"q{message_id}", "from": self.world.users[user], "chat_instance": "1", "data": data}
        self.update({"callback_query": query | {"message": message}})

    def update(self, content: Json) -> Json:
        """Queue an update under a number of its own, and return it."""
        with self._changed:
            update = {"update_id": self._next_update} | content
            self._next_update += 1
            self._updates.append(update)
            self._changed.notify_all()
        return update

    def repeat(self, update: Json) -> None:
        """Deliver an update once more, although it has been confirmed."""
        with self._changed:
            self._repeated.append(update)
            self._changed.notify_all()

    def mishap(self, method: str, *mishaps: Mishap) -> None:
        """Let the next calls of *method* go wrong, one after the other."""
        with self._changed:
            self._mishaps[method].extend(mishaps)

    # What tests look at

    def wait_for_call(self, timeout_s: float) -> None:
        """Wait until the bot calls something or somebody writes something, *timeout_s* at most."""
        with self._changed:
            self._changed.wait(timeout_s)

    def accepted(self, *methods: str, chat: int | None = None) -> list[Json]:
        """Return the messages that the bot got accepted, in order; sendMessage when no method is named."""
        wanted = methods or ("sendMessage",)
        return [
            call.result
            for call in self.calls
            if call.method in wanted and call.result and chat in (None, call.params.get("chat_id"))
        ]

    def tried(self, method: str = "sendMessage") -> list[Call]:
        """Return every call of *method*, whatever became of it."""
        return [call for call in self.calls if call.method == method]

    def all_confirmed(self) -> bool:
        """Whether the bot has confirmed every update there was."""
        return not self._updates and not self._repeated

    # HTTP

    def answer(self, method: str, params: Json) -> Mishap | Json:
        """Do one call; returns what to send, or what goes wrong."""
        with self._changed:
            mishap = self._mishaps[method].popleft() if self._mishaps[method] else None
            call = Call(method, params)
            self.calls.append(call)
            reply: Json = {}
            if mishap is None or mishap.accept:
                reply = self._do(call)
            self._changed.notify_all()
        if mishap is None:
            return reply
        if mishap.until:
            mishap.until.wait(30)
        time.sleep(mishap.delay_s)
        if mishap.delay_s and not mishap.cut:
            return reply
        return mishap

    def _do(self, call: Call) -> Json:
        try:
            if call.method == "getUpdates":
                call.result = self._get_updates(call.params)
            else:
                call.result = self.world.call(call.method, call.params)
        except RefusalError as refusal:
            return {
                "ok": False,
                "error_code": refusal.code,
                "description": refusal.description,
            } | ({"parameters": refusal.parameters} if refusal.parameters else {})
        return {"ok": True, "result": call.result}

    def _get_updates(self, params: Json) -> list[Json]:
        """Confirm what is below the offset, then wait for more. Called with the lock held; waiting lets go of it."""
        poller = self._poller = object()
        self._changed.notify_all()
        offset = params.get("offset") or 0
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        self._changed.wait_for(
            lambda: self._updates or self._repeated or self._poller is not poller or self._stopping,
            params.get("timeout") or 0,
        )
        if self._poller is not poller:
            raise RefusalError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        allowed = params.get("allowed_updates")
        wanted = [update for update in self._updates if not allowed or any(kind in update for kind in allowed)]
        wanted, self._repeated = [*self._repeated, *wanted], []
        return wanted[: params.get("limit") or 100]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A killed bot resets its connections, which is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(api: BotApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: tests look at `calls`."""

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = PATH.fullmatch(unquote(self.path))
            if path is None or path["token"] != api.token:
                code, words = (404, "Not Found") if path is None else (401, "Unauthorized")
                return self._send(code, {"ok": False, "error_code": code, "description": words})
            if path["file"]:
                return self._send_bytes(200, api.world.files[path["rest"].removeprefix("documents/")])
            reply = api.answer(path["rest"], read_params(self.headers, body))
            if isinstance(reply, Mishap) and reply.cut:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return None
            if isinstance(reply, Mishap):
                return self._send(reply.status, reply.body or {})
            return self._send(reply.get("error_code", 200), reply)

        def _send(self, status: int, body: Json) -> None:
            self._send_bytes(status, json.dumps(body).encode())

        def _send_bytes(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):  # the bot was killed, or has stopped waiting
                self.close_connection = True

    return Handler


def read_params(headers: Message, body: bytes) -> Json:
    """Return a call's parameters, from a form or from multipart data."""
    kind = headers.get("Content-Type") or ""
    if kind.startswith("multipart/"):
        return _read_multipart(kind, body)
    return {name: _value(name, value) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}


def _read_multipart(kind: str, body: bytes) -> Json:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    params: Json = {}
    for part in message.iter_parts():
        name, file_name = part.get_param("name", header="content-disposition"), part.get_filename()
        payload = part.get_payload(decode=True)
        params[name] = (file_name, payload) if file_name else _value(name, payload.decode())
    return params


def _value(name: str, value: str) -> Any:
    if name in TEXTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
