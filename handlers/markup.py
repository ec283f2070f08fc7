"""Telegram's HTML: what is escaped, shown, linked and counted. Pure.

The tags used are `b`, `i`, `a`, `code` and `blockquote` (Bot API, "HTML style"). Source text goes through
`shown` on its way out; the stored text stays as it was received.
"""

from __future__ import annotations

import html
import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NewType
from urllib.parse import SplitResult, urlsplit, urlunsplit

Html = NewType("Html", str)

# Bot API, sendMessage: "1-4096 characters after entities parsing". Telegram counts code points and entity offsets in
# UTF-16 units; counting units keeps both below the limit. A little room is left for the words `possible repeat`.
MAX_UNITS = 4_096 - 40
# The Bot API drops entities past about a hundred without a word (tdlib/telegram-bot-api#820), and sources with them.
MAX_ENTITIES = 95
# A source's sentence longer than this is cut, and says so: it must fit into one message with its credit.
MAX_SENTENCE_UNITS = 3_000
# Words that Telegram would turn into entities by itself; a source with more of them than this is set as code.
MAX_FOUND_ENTITIES = 8
# Outlets and speakers are named in a line; a hostile one must not push the sentence out of its message.
MAX_LABEL_UNITS = 100

# Controls that reorder the line around them (Unicode 15, UAX #9, explicit formatting), marks that show as nothing and
# split words, and tag characters. ZWJ and ZWNJ stay: emoji and Persian need them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
    "|[\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# What Telegram's own entity finder may pick up: mentions, hashtags, commands, cashtags, addresses, card numbers.
_FOUND = re.compile(r"[@#/$]\w|\w\.[^\W\d_]|\w@\w|\d\.\d+\.\d|\w:/|\d{13}")
_BETWEEN = "\n\n"  # the blocks of a message
_VISIBLE = re.compile(r"\w")
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.IGNORECASE)


def shown(text: str) -> str:
    """Return *text* as it may be displayed: nothing in it can turn the message round or hide a letter.

    Text with right-to-left letters is isolated (U+2068 ... U+2069), so that the line around it keeps its order.
    """
    seen = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))))
    return f"\u2068{seen}\u2069" if _RIGHT_TO_LEFT.search(seen) else seen


def escape(text: str) -> Html:
    """Return *text* made safe for display and for Telegram's HTML parser."""
    return Html(html.escape(shown(text), quote=False))


def quoted(text: str, *, max_units: int = MAX_SENTENCE_UNITS) -> Html:
    """Return a source's own words as a block of their own, so that they cannot be taken for the bot's.

    Words past *max_units* are cut, with a mark that says how much is missing.
    """
    kept = cut(text, max_units)
    body = escape(kept)
    if len(_FOUND.findall(kept)) > MAX_FOUND_ENTITIES:
        body = Html(f"<code>{body}</code>")  # inside code Telegram looks for nothing, so our own links survive
    missing = len(text) - len(kept)
    note = f" <i>[{missing} more characters]</i>" if missing else ""
    return Html(f"<blockquote>{body}{note}</blockquote>")


def cut(text: str, max_units: int) -> str:
    """Return the longest beginning of *text* that takes at most *max_units* UTF-16 units."""
    if units(text) <= max_units:
        return text
    kept = text[:max_units]
    while units(kept) > max_units:
        kept = kept[: len(kept) - max(1, (units(kept) - max_units) // 2)]
    return kept


def link(url: str | None, label: str) -> Html:
    """Return *label* as a link to *url*; without a link when Telegram would drop it silently.

    An international host is shown in its punycode form beside the label: a look-alike must be seen. A label that shows
    as nothing, which Telegram drops with its link, is replaced by the host.
    """
    address, label = web_address(url) if url else None, cut(label, MAX_LABEL_UNITS)
    if address is None:
        return escape(label)
    host = urlsplit(address).hostname or ""
    anchor = f'<a href="{html.escape(address)}">{escape(label if _VISIBLE.search(shown(label)) else host)}</a>'
    return Html(f"{anchor} ({escape(host)})" if "xn--" in host else anchor)


def web_address(url: str) -> str | None:
    """Return *url* in the form Telegram keeps as a link, or None: http(s), a host with a dot, no user or password."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    ascii_host = _ascii_host(host)
    if parts.scheme not in ("http", "https") or ascii_host is None or _UNSEEN.search(url) or _SURROGATE.search(url):
        return None
    netloc = ascii_host if port is None else f"{ascii_host}:{port}"
    return _without_blanks(urlunsplit(SplitResult(parts.scheme, netloc, parts.path, parts.query, parts.fragment)))


def _ascii_host(host: str) -> str | None:
    try:
        known = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    if _HOST.fullmatch(known) is None:
        return None
    last = known.rsplit(".", 1)[1]
    if last.isdigit():
        try:
            return str(ipaddress.IPv4Address(known))
        except ValueError:
            return None
    return known if (len(last) > 1 and not any(c in last for c in "_0123456789")) or last.startswith("xn--") else None


def _without_blanks(url: str) -> str:
    return "".join(f"%{ord(c):02X}" if c <= " " or c in '"<>`\x7f' else c for c in url)


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 code units, as Telegram counts entity offsets."""
    return len(text) + sum(c > "\uffff" for c in text)


def plain(markup: str) -> str:
    """Return what a reader sees of *markup*."""
    return html.unescape(_TAG.sub("", markup))


def message_units(markup: str) -> int:
    """Return the length of *markup* after Telegram has parsed it, in UTF-16 code units."""
    return units(plain(markup))


def message_entities(markup: str) -> int:
    """Return how many entities *markup* may have at most: its tags, and what Telegram may find by itself."""
    inside = re.sub(r"<code>[^<]*</code>", "", markup)
    tags = sum(1 for closing, _ in _TAG.findall(markup) if not closing)
    return tags + len(_FOUND.findall(plain(inside)))


def pack(blocks: Iterable[Html], *, head: Html | None = None, spare_units: int = 0) -> list[Html]:
    """Join *blocks* into as few messages as Telegram's limits allow; a block is never split.

    *head* opens the first message. A block that is too long by itself gets a message of its own. In each message
    *spare_units* are left free for what is added to it later.
    """
    return list(map(joined, packed(blocks, head=head, spare_units=spare_units)))


def packed(blocks: Iterable[Html], *, head: Html | None = None, spare_units: int = 0) -> Iterator[list[Html]]:
    """Yield the blocks of each message that `pack` makes, as soon as it is full; no block is looked at twice."""
    message: list[Html] = [head] if head else []
    room = _room_in(message, spare_units=spare_units)
    for block in blocks:
        taken = message_units(block) + len(_BETWEEN), message_entities(block)
        if message and (taken[0] > room[0] or taken[1] > room[1]):
            yield message
            message, room = [], _room_in([], spare_units=spare_units)
        message.append(block)
        room = room[0] - taken[0], room[1] - taken[1]
    if message:
        yield message


def _room_in(message: Sequence[Html], *, spare_units: int) -> tuple[int, int]:
    """Return the units and the entities that are left in *message*; a block takes its own and the lines before it."""
    taken = sum(message_units(block) + len(_BETWEEN) for block in message)
    return MAX_UNITS + len(_BETWEEN) - spare_units - taken, MAX_ENTITIES - sum(map(message_entities, message))


def joined(blocks: Iterable[Html]) -> Html:
    """Return one message of *blocks*, with a blank line between them."""
    return Html(_BETWEEN.join(blocks))


def fits(blocks: Sequence[Html]) -> bool:
    """Tell whether *blocks* keep to Telegram's limits as one message."""
    return min(_room_in(blocks, spare_units=0)) >= 0
