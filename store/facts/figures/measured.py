"""What a figure with a unit measures: after it ("40 per cent of the forests"), before it ("a loss of $5m"), or the
subject of the verb that it stands behind ("unemployment rose to 6.1 per cent")."""

from __future__ import annotations

from store.facts import lexicon
from store.facts.days.tense import tells_time
from store.facts.figures.figures import Figure, Line, bound_start, is_hyphen
from store.facts.numbers.counted import Counted, ends_phrase, is_past, is_person, is_plural
from store.facts.numbers.number import Pieces, is_number_word, number_words
from store.facts.numbers.pieces import low_at
from store.facts.numbers.units import Unit, read_unit
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

_DETERMINERS, _AUXILIARIES = word_class("determiners"), word_class("auxiliaries")
_NOT_MEASURED, _NOT_MEASURED_BEFORE = word_class("not_measured"), word_class("not_measured_before")
_NOT_NOW = {"ago", "earlier", "later", "before"}  # "$5m a year ago"
_TIMES_OF_DAY = word_class("parts_of_day") | word_class("time_units")
_BEFORE_VERBS, _STATING = word_class("before_verbs"), word_class("stating")
_CHANGES = lexicon.word_set("change_words.txt")
_CLAUSE_OPENERS = word_class("clause_openers")
_LONGEST_MEASURED = 6  # words of the thing measured
_LONGEST_SUBJECT = 8
_NOT_BEFORE_OF = {"before", "after", "excluding", "including"}
_DEDUCTED = {"tax", "taxes", "interest", "items", "charges"}
_PASSIVES = {"was", "were", "is", "are", "be", "been", "being"}
_PUT_AT, _REACHED = word_class("put_at"), word_class("reached")
_SUMS_OF_MANY, _AFTER_HEAD = word_class("sums_of_many"), word_class("after_head")
_MANY = 10  # fewer may be a rank, a level or a score: "temperatures rose to 4"
_MOVING, _DONE_TO = word_class("moving"), word_class("done_to")
_STAND_INS = word_class("announcers") | word_class("tolls") | {"figure", "figures", "tally", "rest", "others"}
_MODALS = frozenset(["will", "would", "could", "may", "might", "can", "should", "must"])
_NOUNS_IN_LY = {"family", "supply", "assembly", "monopoly", "reply", "italy", "anomaly", "july"}
_NOW = {"now", "at", "currently"}
_EACH_WORDS = {"a", "an", "per"}
_DIMENSIONS = word_class("dimensions")
_MONEY_LINKS = {"in", "for"}  # "$5m in damages"
_DIRECTIONS = {"up", "down", "to", "at", "by", "from"}


def measured(line: Line, figure: Figure, unit: Unit) -> Counted | None:
    """Return what *figure*, which has *unit*, measures; None where nothing is named."""
    found = _after(line, figure, unit) or _of_before(line, figure)
    if found is not None or unit.measures in {"time", "times"}:
        return found
    return _apposed(line, figure) or subject(line, figure)


# ---- after the figure


def _after(line: Line, figure: Figure, unit: Unit) -> Counted | None:
    """Return "road" of "120-km (75-mile) road", "damages" of "$5m in damages", "a barrel" of "$78 a barrel"."""
    pieces = line.pieces
    at = _after_conversion(pieces, figure.last)
    if is_hyphen(pieces, at):
        at += low_at(pieces, at + 1) in _EACH_WORDS  # "a $10-a-day scheme"
        at += 2 * (low_at(pieces, at + 1) in _DIMENSIONS)  # "a 2m-high wall"
    word = low_at(pieces, at)
    if unit.measures == "money" and word in _EACH_WORDS and at + 1 < len(pieces):
        return _each(line, unit, at)
    is_linked = word == "of" or (word in _MONEY_LINKS and unit.measures == "money")
    at += is_linked
    while is_linked and low_at(pieces, at) in _DETERMINERS:
        at += 1
    last = at
    while last < min(at + _LONGEST_MEASURED, len(pieces)) and _goes_on(line, at, last):
        last += 1
    last -= last > at and is_hyphen(pieces, last - 1)  # "0.4 per cent month-on-month"
    if last == at or not _can_be_measured(pieces, at, last):
        return None
    found = line.printed(at, last)
    return Counted(unit.name, found, at, last, is_direct=False, rule=Rule.MEASURED, by=found)


def _each(line: Line, unit: Unit, at: int) -> Counted | None:
    """Return "a barrel", "per square foot"; nothing for "$5m a year ago"."""
    whole = read_unit(line.pieces, at + 1, value=1)
    last = whole.last if whole is not None else at + 2 + is_hyphen(line.pieces, at + 1)
    if low_at(line.pieces, last) in _NOT_NOW:
        return None
    each = line.printed(at, last)
    return Counted(unit.name, each, at, last, is_direct=False, rule=Rule.EACH, by=each)


def _after_conversion(pieces: Pieces, at: int) -> int:
    """Skip the "(75-mile)" between "120-km" and "road", or the bracket that closes after a conversion."""
    if low_at(pieces, at) == "(":
        return next((k + 1 for k in range(at, min(at + 8, len(pieces))) if pieces[k].text == ")"), at)
    return at + (low_at(pieces, at) == ")")


def _goes_on(line: Line, first: int, at: int) -> bool:
    """Does the phrase for the thing measured go on with piece *at*?"""
    piece = line.pieces[at]
    if at in line.dated:
        return False
    if not piece.is_word:
        return at > first and (piece.low in {"'s", "’s"} or is_hyphen(line.pieces, at))
    ends_here = is_past(piece.low) or tells_time(piece.low) or is_number_word(piece.low)
    return not ends_phrase(piece.low) and not (at > first and ends_here)


def _can_be_measured(pieces: Pieces, first: int, last: int) -> bool:
    """Can the phrase be a thing? "higher", "expected", "two years" and "evening" of "in the evening" are none."""
    final = pieces[last - 1].low
    is_alone = last == first + 1
    if final in _NOT_MEASURED or (is_alone and (is_past(final) or final in _DIMENSIONS or _is_adverb(final))):
        return False
    is_time = final in _TIMES_OF_DAY and (is_alone or is_number_word(pieces[first].low))
    return not (is_time or low_at(pieces, last) in _NOT_NOW)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NOUNS_IN_LY


# ---- before the figure


def _of_before(line: Line, figure: Figure) -> Counted | None:
    """Return "net loss" of "a net loss of $5m", "depth" of "at a depth of 11 km"."""
    of_at = _opening(line.pieces, figure) - 1
    if low_at(line.pieces, of_at) != "of":
        return None
    first = of_at
    while first > max(of_at - _LONGEST_MEASURED, 0) and _belongs_before(line, first - 1, of_at):
        first -= 1
    if low_at(line.pieces, first - 1) == "of" and first > 1 and _is_measure_noun(line.pieces[first - 2].low):
        first -= 2  # "a margin of error of 3 points"
    before = low_at(line.pieces, first - 1)
    is_plural_subject = is_plural(before) and _opens_subject(low_at(line.pieces, first - 2))
    if of_at - first > 1 and (before in _BEFORE_VERBS or is_plural_subject):
        first += 1  # "to pay damages of", "the banks report losses of"
    if before in _NOT_BEFORE_OF:
        return None  # "a margin before special items of 9 per cent"
    while first < of_at and not line.pieces[first].is_word:
        first += 1
    if first >= of_at or not _is_measure_noun(line.pieces[of_at - 1].low):
        return None
    return _named(line, figure, first, of_at, Rule.MEASURED_BEFORE)


def _is_measure_noun(word: str) -> bool:
    return not (word in _NOT_MEASURED_BEFORE or ends_phrase(word) or is_past(word) or is_number_word(word))


def _opens_subject(word: str) -> bool:
    """Can a subject begin behind *word*? "The banks report losses of", "and 2 million people face cuts of"."""
    is_figure = word.isdecimal() or is_number_word(word) or word in number_words("scale")
    return word in _DETERMINERS or is_figure or word in {"", ",", "and"}


def _opening(pieces: Pieces, figure: Figure) -> int:
    """Return where the figure begins with its bounds and, of a range, with "between" or "from"."""
    first = bound_start(pieces, figure.first)
    return first - (low_at(pieces, first - 1) in {"between", "from"})


def _belongs_before(line: Line, at: int, of_at: int) -> bool:
    """Does piece *at* belong to the noun phrase that ends before the "of" at *of_at*?"""
    piece = line.pieces[at]
    if at in line.dated:
        return False
    if not piece.is_word:
        return is_hyphen(line.pieces, at)
    if is_hyphen(line.pieces, at + 1) or is_hyphen(line.pieces, at - 1):
        return True  # "a one-off payment"
    is_head = at == of_at - 1
    is_noun = not (ends_phrase(piece.low) or is_past(piece.low) or is_number_word(piece.low))
    return is_noun and (is_head or not is_plural(piece.low))


def subject(line: Line, figure: Figure) -> Counted | None:
    """Return "Turnout" of "Turnout was 63 per cent", "net debt" of "net debt was cut by about a fifth to $5m".

    The unit is that of *figure*; without one it is the subject's noun where that counts people or cases, else "".
    """
    pieces = line.pieces
    verb = _opening(pieces, figure) - 1
    while low_at(pieces, verb) in _DIRECTIONS or low_at(pieces, verb).endswith("ly"):
        verb -= 1
    is_part = figure.unit is not None and (figure.unit.measures == "share" or figure.unit.name == "points")
    if verb < 1 or not (_tells_measure(pieces, verb) or (is_part and pieces[verb].low in _MOVING)):
        return None
    last = verb
    while last and (pieces[last - 1].low in _AUXILIARIES | _MODALS or pieces[last - 1].low.endswith("ly")):
        last -= 1
    return _noun_phrase(line, figure, last)


def _apposed(line: Line, figure: Figure) -> Counted | None:
    """Return "Unemployment" of "Unemployment, now at 6.1 per cent, fell", "tower" of "the tower, 128 metres tall"."""
    pieces = line.pieces
    comma = _opening(pieces, figure) - 1
    while low_at(pieces, comma) in _NOW:
        comma -= 1
    is_closed = low_at(pieces, figure.last) == "," or low_at(pieces, figure.last) in _DIMENSIONS
    return _noun_phrase(line, figure, comma) if is_closed and low_at(pieces, comma) == "," else None


def _noun_phrase(line: Line, figure: Figure, last: int) -> Counted | None:
    """Return the noun phrase that stands before piece *last* and opens a clause, without its article."""
    pieces, first = line.pieces, last
    while first > max(last - _LONGEST_SUBJECT, 0) and _belongs_to_subject(line, first - 1):
        first -= 1
    if first and not _begins_clause(pieces, first - 1):
        return None
    while first < last and pieces[first].low in _DETERMINERS:
        first += 1
    final = pieces[last - 1].low
    if first == last or ends_phrase(pieces[first].low) or ends_phrase(final):
        return None
    if figure.unit is None and pieces[_head_of(pieces, first, last)].low in _STAND_INS:
        return None  # "the number rose to 45" is of what was counted before
    return _named(line, figure, first, last, Rule.MEASURED_SUBJECT)


def _is_counted(head: str, figure: Figure) -> bool:
    """Can *figure*, which has no unit, be a number of *head*: of people, cases, complaints; not of sales or points?"""
    if not is_plural(head) or head in _SUMS_OF_MANY:
        return False
    return is_person(head) or (figure.value is not None and figure.value.is_integer() and figure.value >= _MANY)


def _tells_measure(pieces: Pieces, at: int) -> bool:
    """Is the word at *at* a verb between a thing and its measure: "was", "reached", "rose", "rises", "may rise"?"""
    word, before = pieces[at].low, low_at(pieces, at - 1)
    if word in _PUT_AT:
        return before in _PASSIVES  # "turnout was put at", "inflation is running at"
    if word in _DONE_TO and low_at(pieces, at + 1) not in _DIRECTIONS:
        return before in _PASSIVES  # "the fee was raised 5 per cent", not "the firm raised $5m"
    is_verb = is_past(word) or word.endswith("s") or before in _MODALS or is_plural(before)
    return word in _STATING | _REACHED or (is_verb and word in _CHANGES)


def _belongs_to_subject(line: Line, at: int) -> bool:
    """Does piece *at* stand inside a subject? Not where a clause begins, at a verb, at a figure or at a date."""
    piece = line.pieces[at]
    if at in line.dated or piece.is_digits or _begins_clause(line.pieces, at):
        return False
    if not piece.is_word:
        return piece.low in {"'s", "’s", "&"} or is_hyphen(line.pieces, at)
    is_joined = is_hyphen(line.pieces, at - 1) or is_hyphen(line.pieces, at + 1)  # "the worst-hit province"
    return is_joined or not (is_past(piece.low) or piece.low in _STATING)


def _begins_clause(pieces: Pieces, at: int) -> bool:
    """Does a clause begin at piece *at*? Not at the "before" of "profit before tax"."""
    word = pieces[at]
    return word.text in ',;:—–“"‘' or (word.low in _CLAUSE_OPENERS and low_at(pieces, at + 1) not in _DEDUCTED)


def _head_of(pieces: Pieces, first: int, last: int) -> int:
    """Return the piece with the noun that heads a subject: "cases" of "cholera cases in the port of Brava"."""
    return next((k - 1 for k in range(first + 1, last) if pieces[k].low in _AFTER_HEAD), last - 1)


def _named(line: Line, figure: Figure, first: int, last: int, rule: Rule) -> Counted:
    """Build what `pieces[first:last]` names before *figure*; it takes in nothing after the figure."""
    found, at = line.printed(first, last), figure.last
    head = line.pieces[_head_of(line.pieces, first, last)].low
    unit = figure.unit.name if figure.unit else head if _is_counted(head, figure) else ""
    return Counted(unit, found, at, at, is_direct=False, rule=rule, by=found)
