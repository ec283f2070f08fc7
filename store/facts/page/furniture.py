"""What of a page is not the story: time stamps, captions, "Read more", newsletter and copyright lines, credits."""

from __future__ import annotations

import re
from functools import cache

from store.facts.lexicon import table
from store.facts.page.notices import is_notice

_CREDIT_WORDS = frozenset(
    {"by", "in", "and", "from", "for", "of", "the", "with", "additional", "reporting", "writing", "editing", "newsroom"}
)
_MOST_OTHER_WORDS = 2  # in small letters, in a credit
_MOST_SMALL_WORDS = 6  # in a byline after the name
_LONGEST_LINE = 400  # characters; a longer paragraph is looked at by its beginning and its end only
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEADING = re.compile(r"[\s\-–—=*#•|>»→▶►⚡🔴📷📸🎥📹👉🔗\[(]{0,12}")
_LABELLED = re.compile(r"\s{0,3}(?:[:|»→>]|[-–—]\s)")
_URL_ONLY = re.compile(r"(?:https?://|www\.|t\.me/)\S+")
_HASHTAGS = re.compile(r"(?:\s*[#@][\w.]+[,;]?)+\s*")
_RULE = re.compile(r"[\W_]*")
_ADDRESS = re.compile(r"(?<!\S)[^\s@]{1,64}@[^\s@]{1,250}(?!\S)|\+?\d[\d\s()-]{7,30}\d")
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s?\d{4}|&copy;)", re.IGNORECASE)
# A credit that ends a caption: "Photograph: A B/Agency", "(Photo by A B)", "AGENCY/A B", "A B/Getty".
# It stands by itself, after a full stop or in brackets, so that "195 km/h" and "he posted a photo: nobody" are none.
_CREDIT_END = re.compile(
    r"(?:(?:^|[.!?)\]]\s{0,3})(?:"
    r"(?:File )?(?:Photo(?:graph)?|Picture|Image|Illustration|Video|PHOTO|PHOTOGRAPH|PICTURE|IMAGE)s?"
    r"(?:\s(?:by|credit|courtesy of))?\s?[:/]\s?[^.:\n]{2,80}"
    r"|[A-Z]{3,12}/[A-Z][\w.'’-]{1,30}(?:[ /][A-Z][\w.'’-]{1,30}){0,4}"
    r"|[A-Z][\w.'’-]{1,30}(?:\s[A-Z][\w.'’-]{1,30}){0,3}\s?/\s?"
    r"(?:Getty(?: Images)?|AFP|Reuters|REUTERS|EPA|AP|PA|Handout|Anadolu|Shutterstock)(?:\svia\s[\w ]{2,30})?"
    r"|Getty Images|Handout|File photo)"
    r"|[(\[]\s?(?:(?:File\s)?(?:[Pp]hoto|[Pp]icture|[Ii]mage|[Pp]hotograph)s?\s?(?:by|:|/|[Cc]redit|[Cc]ourtesy)"
    r"|[A-Z][\w ]{1,20}\s(?:Photo|Image|File Photo)\s?/|[Ff]ile\b|[Hh]andout|[Ss]creengrab)[^)\]\n]{0,80}[)\]])"
    r"[.\s]{0,2}$"
)
_DESK_LINE = re.compile(
    r".{0,300}\b(?:(?:purchase|acquire) licensing rights\b"
    r"|contributed (?:reporting\b|to th(?:is|e) (?:report|story|article)))",
    re.IGNORECASE,
)
# "Ruiz reported from Tarn and Ek from Bresk.": between the names nothing but these words.
_REPORTED = re.compile(r"\b(?:reported|reports|contributed)\sfrom\s[A-ZÀ-Þ]")
_REPORTING_WORDS = frozenset({"reported", "reports", "contributed", "from", "in", "near", "and", "of", "the", "writer"})
_LONGEST_CREDIT = 200  # characters
_SUBSCRIBE = re.compile(
    r"(?:sign up|subscribe|register|follow|join|download|get|click|tap|install|listen)\b.{0,160}"
    r"\b(?:newsletters?|inbox|app|channel|podcasts?|e-?mails?|alerts?|updates|briefings?|whatsapp|telegram|facebook|"
    r"twitter|instagram|youtube|google news|here)\b",
    re.IGNORECASE,
)
# "More at ten.", "Back tomorrow at seven.": when an outlet speaks again; "More at stake" is none.
_AT_HOUR = (
    r" (?:at|after) (?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|noon|midnight|the (?:break|headlines|weather|sport|top of the hour))"
    r"(?: ?(?:[ap]\.?m|o['’]clock|tonight|tomorrow))?"
)
_NEXT_DAY = r" (?:tonight|tomorrow|next (?:week|time)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_SPEAKS_AGAIN = re.compile(
    r"(?:we['’]?(?:ll|re| will| are) )?(?:be )?(?:back|more|join us(?: again)?|next (?:bulletin|update|news))"
    rf"(?: again)?(?:{_NEXT_DAY}(?:{_AT_HOUR})?|{_AT_HOUR})[.!\s]{{0,3}}",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"[\s\-–—*_(\[]{0,6}(?:"
    r"(?:corrections?|clarifications?|corrected|erratum|corrigendum|amendment)\b[\w ,/()]{0,30}[:–—-]"
    r"|correction\W{0,3}$"
    r"|(?:corrects|clarifies|refiles|fixes|amends)\s(?:to\s|the\s|a\s)?(?:spelling|typo|name|title|headline|figure|date|day|"
    r"number|age|attribution|quote|quotation|paragraph|first|second|third|last|lead|dateline|that|fix|correct|say|show)"
    r"|(?:in\s)?an?\s(?:earlier|previous|original)\s(?:version|headline|edition)\s(?:of|on|to)\sth(?:is|e)\b"
    r"|we\shave\s(?:amended|corrected|updated)\sthis\b"
    r"|this\s(?:story|article|report|item|headline|page|post|piece|version)\s"
    r"(?:(?:has\sbeen|was|is)\s(?:corrected|amended|updated|clarified|changed|edited|refiled)|corrects|clarifies|fixes)\b"
    r"|editors?['’]?s?['’]?\snote\s?[:.–—-]?\s?.{0,80}\b(?:correct|clarif|amend|earlier version))",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|BY|By|from|From|FROM)\s(?:our\s(?:own\s)?(?:[a-z]{3,20}\s)?(?:correspondents?|reporters?|staff)|"
    r"(?:staff|agenc(?:y|ies)|agencies|[A-Z][\w.'’-]{0,30}(?:\s[A-Z][\w.'’-]{0,30}){0,4}))\b(?P<rest>.{0,160})"
)
_BYLINE_PLACE = re.compile(r"\b(?:in|IN)\s(?P<place>[A-Z][\w'’-]{1,30}(?:[\s-][A-Z][\w'’-]{1,30}){0,3})")
_BY_STAFF = re.compile(
    r"(?:[A-Z][\w.'’-]+\s){1,4}(?:and\s(?:[A-Z][\w.'’-]+\s){1,4})?in\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}"
)
_TERMINAL = re.compile(r"[.!?…。！？][\"”’'»“)\]]{0,4}$")


def is_terminated(text: str) -> bool:
    """Tell whether *text* ends as a sentence does."""
    return bool(_TERMINAL.search(text[-8:].rstrip()))


def is_correction(text: str) -> bool:
    """Tell whether *text* is a note that corrects or clarifies the story."""
    return bool(_CORRECTION.match(text[:_LONGEST_LINE]))


def read_byline(text: str) -> tuple[str, str | None] | None:
    """Return the byline that the line *text* is, and the place it names: "By Jane Doe in Nairobi" gives Nairobi."""
    if len(text) > 200 or is_terminated(text):
        return None
    match = _BYLINE.match(text)
    if match and _is_short_rest(match["rest"]):
        place = _BYLINE_PLACE.search(text)
        return text, place["place"] if place else None
    if _BY_STAFF.fullmatch(text):
        return text, text.rsplit(" in ", 1)[1]
    return None


def _is_short_rest(rest: str) -> bool:
    """After the name only a title, a place and more names: few words in small letters."""
    return sum(match.group()[0].islower() for match in _WORD.finditer(rest)) <= _MOST_SMALL_WORDS


def is_furniture(text: str) -> bool:
    """Tell whether the paragraph or sentence *text* is page furniture and not part of the story."""
    if len(text) > _LONGEST_LINE:
        return _is_desk_line(text[:_LONGEST_LINE]) or bool(_COPYRIGHT.match(text[:10]))
    return (
        _is_empty(text)
        or _is_stamp(text)
        or _opens_as_furniture(text)
        or bool(_CREDIT_END.search(text[-130:]))
        or _is_desk_line(text)
        or _is_reporting_credit(text)
        or bool(_COPYRIGHT.match(text))
        or bool(_SUBSCRIBE.match(text))
        or bool(_SPEAKS_AGAIN.fullmatch(text))
        or is_notice(text)
    )


def _is_empty(text: str) -> bool:
    """No letters, a link, hashtags, or an address and little else."""
    if _RULE.fullmatch(text) or _URL_ONLY.fullmatch(text) or _HASHTAGS.fullmatch(text):
        return True
    if not any(char.isalpha() for char in text):
        return True
    return bool(_ADDRESS.search(text)) and len(_WORD.findall(text)) <= 12 and not is_terminated(text)


def _is_stamp(text: str) -> bool:
    """Tell a line of nothing but date, time and share words from a sentence."""
    if len(text) > 120:
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    kinds = _stamp_words()
    if not all(word in kinds for word in words):
        return False
    found = {kinds[word] for word in words}
    return any(char.isdigit() for char in text) or "share" in found or {"updated", "published"} & set(words) != set()


@cache
def _stamp_words() -> dict[str, str]:
    words = {row[0]: row[1] for row in table("furniture_words.tsv")}
    return words | {row[0]: "stamp" for row in table("months_weekdays.tsv")}


def _opens_as_furniture(text: str) -> bool:
    """Look the line's first words up in furniture.tsv, longest opening first."""
    leading = _LEADING.match(text)
    begin = leading.end() if leading else 0
    words = list(_WORD.finditer(text, begin, begin + 80))[:5]
    if not words or words[0].start() != begin:
        return False
    for count in range(len(words), 0, -1):
        opening = text[begin : words[count - 1].end()].lower().replace("’", "'")
        for kind in _openings().get(opening, ()):
            rest = text[words[count - 1].end() :]
            if kind == "start" or (kind == "label" and _LABELLED.match(rest)):
                return True
            if kind == "credit" and _names_follow(rest):
                return True
            if kind == "line" and not any(char.isalnum() for char in rest):
                return True
    return False


def is_label(words: str) -> bool:
    """Tell a word that stands before a headline, "EXCLUSIVE" or "WATCH", from a place."""
    return words.lower() in _openings()


def _names_follow(rest: str) -> bool:
    """Tell "Reporting by Ana Ruiz in Tarn; editing by Jo Ek" from "Reporting by the paper showed that prices rose"."""
    words = [match.group() for match in _WORD.finditer(rest)]
    small = [word for word in words if word[0].islower() and word not in _CREDIT_WORDS]
    return bool(words) and len(small) <= _MOST_OTHER_WORDS


@cache
def _openings() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for opening, kind in table("furniture.tsv"):
        kinds.setdefault(opening, set()).add(kind)
    return {opening: frozenset(found) for opening, found in kinds.items()}


def _is_desk_line(text: str) -> bool:
    return bool(_DESK_LINE.match(text))


def _is_reporting_credit(text: str) -> bool:
    """Tell who reported from where from "Doctors reported from Tarn that ...": but for a few words all are names."""
    if len(text) > _LONGEST_CREDIT or not _REPORTED.search(text):
        return False
    words = [match.group() for match in _WORD.finditer(text)]
    return words[0][0].isupper() and all(word[0].isupper() or word in _REPORTING_WORDS for word in words)
