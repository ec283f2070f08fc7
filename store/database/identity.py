"""When two stories are the same one: fingerprints of a text, a page and a headline."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # Marks that nobody sees: soft hyphen, zero-width characters, direction marks, byte order mark.
        **dict.fromkeys(
            "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
        ),
    }
)
# What sharing and advertising add to an address; the page is the same without.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|cmpid|ns_\w+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return *text* as copying leaves it alike: one kind of quote, dash and blank, no invisible marks, no case."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).casefold().split())


def shape_of(text: str) -> int:
    """Return the fingerprint of a story's text, the same for copies that differ only in what copying changes."""
    return _fingerprint(plain(text))


def page_of(url: str | None) -> int | None:
    """Return the fingerprint of the page behind *url*, whatever its scheme, fragment and tracking marks."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # not an address after all; as it stands it still equals itself
        return _fingerprint(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    asked = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
    return _fingerprint(f"{host}{port}{parts.path.rstrip('/')}?{urlencode(sorted(asked))}")


def headline_of(outlet: str | None, title: str | None) -> int | None:
    """Return the fingerprint of a title in its outlet; None unless both are known."""
    if not (outlet and title):
        return None
    return _fingerprint(f"{plain(outlet)}\n{plain(title)}")


def _fingerprint(text: str) -> int:
    """Return 63 bits: an integer that SQLite takes; a million stories collide once in ten million libraries."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1
