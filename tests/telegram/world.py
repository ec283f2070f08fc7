"""What Telegram knows in the tests: users, chats, messages, files, and what it refuses, in its own words."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import tdjson

Json = dict[str, Any]

BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Dateline", "username": "dateline_test_bot"}
BOT_ABILITIES = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
MAX_TEXT = 4096
MAX_CALLBACK_BYTES = 64
MAX_INLINE_RESULTS = 50


tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


class RefusalError(Exception):
    """A method call that Telegram refuses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Return the plain text and the entities of *text*, parsed by Telegram's own library."""
    request = {"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(request).encode()))
    if answer["@type"] == "error":
        raise RefusalError(400, "Bad Request: " + answer["message"].replace("Can't", "can't", 1))
    return answer["text"], answer["entities"]


@dataclass
class World:
    """The state behind the Bot API. Not thread-safe: the server holds its lock around every call."""

    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Json] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)  # chat -> users
    threads: dict[int, set[int]] = field(default_factory=dict)  # chat -> topics
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)  # chats that the bot may not write to
    migrated: dict[int, int] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    answered_queries: list[Json] = field(default_factory=list)
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._message_ids = itertools.count(101)
        self._file_ids = itertools.count(1)

    # What people do

    def person(self, user: int, name: str, *, chats: tuple[int, ...] = ()) -> int:
        """Let somebody exist, with a private chat, as a member of *chats*."""
        self.users[user] = {"id": user, "is_bot": False, "first_name": name}
        self.chats[user] = {"id": user, "type": "private", "first_name": name}
        for chat in chats:
            self.members[chat].add(user)
        return user

    def group(self, chat: int, title: str, *, topics: tuple[int, ...] = ()) -> int:
        """Let a supergroup exist that the bot is in."""
        self.chats[chat] = {"id": chat, "type": "supergroup", "title": title} | ({"is_forum": True} if topics else {})
        self.members[chat] = {BOT["id"]}
        self.threads[chat] = set(topics)
        return chat

    def message(self, user: int, chat: int, content: Json, *, reply_to: int | None = None) -> Json:
        """Make a message of *user* in *chat*, and return it as the Bot API shows it."""
        message = {
            "message_id": next(self._message_ids),
            "date": int(self.clock()),
            "chat": self.chats[chat],
            "from": self.users[user],
            **content,
        }
        if reply_to is not None:
            message["reply_to_message"] = self.messages[chat, reply_to]
        self.messages[chat, message["message_id"]] = message
        return message

    def text(self, text: str) -> Json:
        """Return a text with the entities that Telegram would find in it."""
        return {"text": text, "entities": found_entities(text)}

    def document(self, data: bytes, name: str) -> Json:
        """Return a document, kept for getFile."""
        file_id = f"file{next(self._file_ids)}"
        self.files[file_id] = data
        described = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(data)}
        return {"document": described}

    def photo(self, caption: str = "", *, album: str | None = None) -> Json:
        """Return a photo, perhaps one of an album, with the words under it."""
        content: Json = {"photo": [{"file_id": "photo", "file_unique_id": "photo", "width": 90, "height": 90}]}
        content |= {"caption": caption, "caption_entities": found_entities(caption)} if caption else {}
        return content | ({"media_group_id": album} if album else {})

    # What the bot does

    def call(self, method: str, params: Json) -> Any:
        """Do *method* and return its result.

        Raises:
            RefusalError: As Telegram would.
        """
        do = getattr(self, f"_{method}", None)
        if do is None:
            raise RefusalError(404, "Not Found")
        return do(params)

    def _getMe(self, _: Json) -> Json:  # noqa: N802 - named as the Bot API names it, like all below
        return BOT | BOT_ABILITIES

    def _deleteWebhook(self, _: Json) -> bool:  # noqa: N802
        return True

    def _setMyCommands(self, params: Json) -> bool:  # noqa: N802
        self.commands = params["commands"]
        return True

    def _sendChatAction(self, params: Json) -> bool:  # noqa: N802
        self._writable(params)
        return True

    def _sendMessage(self, params: Json) -> Json:  # noqa: N802
        chat = self._writable(params)
        thread = params.get("message_thread_id")
        if thread is not None and thread not in self.threads.get(chat, set()):
            raise RefusalError(400, "Bad Request: message thread not found")
        content = self._content(params) | self._reply(chat, params)
        if thread is not None:
            content |= {"message_thread_id": thread, "is_topic_message": True}
        return self._from_bot(chat, content)

    def _sendDocument(self, params: Json) -> Json:  # noqa: N802
        chat = self._writable(params)
        name, data = params["document"]
        return self._from_bot(chat, self.document(data, name) | self._reply(chat, params))

    def _editMessageText(self, params: Json) -> Json:  # noqa: N802
        chat = self._writable(params)
        message = self.messages.get((chat, params["message_id"]))
        if message is None or message["from"]["id"] != BOT["id"]:
            raise RefusalError(400, "Bad Request: message to edit not found")
        content = self._content(params)
        if all(message.get(key) == content.get(key) for key in ("text", "entities", "reply_markup")):
            raise RefusalError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        message.pop("reply_markup", None)
        message.update(content, edit_date=int(self.clock()))
        return message

    def _answerCallbackQuery(self, params: Json) -> bool:  # noqa: N802
        self.answered_queries.append(params)
        return True

    def _answerInlineQuery(self, params: Json) -> bool:  # noqa: N802
        if len(params["results"]) > MAX_INLINE_RESULTS:
            raise RefusalError(400, "Bad Request: RESULTS_TOO_MUCH")
        for result in params["results"]:
            parse_html(result["input_message_content"]["message_text"])
        return True

    def _getChatMember(self, params: Json) -> Json:  # noqa: N802
        chat, user = params["chat_id"], params["user_id"]
        if chat not in self.members:
            raise RefusalError(400, "Bad Request: chat not found")
        if user not in self.users:
            raise RefusalError(400, "Bad Request: user not found")
        return {"status": "member" if user in self.members[chat] else "left", "user": self.users[user]}

    def _getFile(self, params: Json) -> Json:  # noqa: N802
        file_id = params["file_id"]
        if file_id not in self.files:
            raise RefusalError(400, "Bad Request: invalid file_id")
        if len(self.files[file_id]) > 20 * 1024 * 1024:
            raise RefusalError(400, "Bad Request: file is too big")
        size = len(self.files[file_id])
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"documents/{file_id}"}

    def _writable(self, params: Json) -> int:
        chat = params["chat_id"]
        if chat in self.migrated:
            raise RefusalError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated[chat]
            )
        if chat in self.blocked:
            kind = "user" if chat > 0 else "group chat"
            words = "bot was blocked by the user" if kind == "user" else "bot was kicked from the supergroup chat"
            raise RefusalError(403, f"Forbidden: {words}")
        if chat not in self.chats:
            raise RefusalError(400, "Bad Request: chat not found")
        return chat

    def _content(self, params: Json) -> Json:
        text, entities = params.get("text", ""), []
        if params.get("parse_mode") == "HTML":
            text, entities = parse_html(text)
        text = text.strip()
        if not text:
            raise RefusalError(400, "Bad Request: message text is empty")
        if len(text) > MAX_TEXT:
            raise RefusalError(400, "Bad Request: message is too long")
        markup = params.get("reply_markup")
        for button in itertools.chain.from_iterable(markup["inline_keyboard"] if markup else ()):
            if not 1 <= len(button.get("callback_data", "x").encode()) <= MAX_CALLBACK_BYTES:
                raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
        content = {"text": text, "entities": [as_bot_api(entity) for entity in entities]}
        return content | ({"reply_markup": markup} if markup else {})

    def _reply(self, chat: int, params: Json) -> Json:
        reply = params.get("reply_parameters")
        if not reply:
            return {}
        replied = self.messages.get((chat, reply["message_id"]))
        if replied is None:
            if reply.get("allow_sending_without_reply"):
                return {}
            raise RefusalError(400, "Bad Request: message to be replied not found")
        return {"reply_to_message": {k: v for k, v in replied.items() if k != "reply_to_message"}}

    def _from_bot(self, chat: int, content: Json) -> Json:
        message = {
            "message_id": next(self._message_ids),
            "date": int(self.clock()),
            "chat": self.chats[chat],
            "from": BOT,
            **content,
        }
        self.messages[chat, message["message_id"]] = message
        return message


def as_bot_api(entity: Json) -> Json:
    """Return an entity of Telegram's library in the Bot API's form."""
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    name = {"TextUrl": "text_link", "BlockQuote": "blockquote"}.get(kind, kind.lower())
    shown = {"type": name, "offset": entity["offset"], "length": entity["length"]}
    return shown | ({"url": entity["type"]["url"]} if kind == "TextUrl" else {})


def found_entities(text: str) -> list[Json]:
    """Return the commands, mentions and addresses in *text*, as Telegram marks them in what people write."""
    kinds = (("bot_command", r"(?<!\S)/\w+(?:@\w+)?"), ("mention", r"(?<!\w)@\w{4,}"), ("url", r"https?://\S+"))
    return [
        {"type": kind, "offset": _units(text[: hit.start()]), "length": _units(hit.group())}
        for kind, pattern in kinds
        for hit in re.finditer(pattern, text)
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
