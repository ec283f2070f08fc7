"""An alert -> the messages that chats get. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from handlers.markup import MAX_LABEL_UNITS, MAX_SENTENCE_UNITS, Html, cut, escape, fits, joined, link, packed
from handlers.render import credit, fact_block, outlet_of, so_many
from store.facts.model import Known, Quantity, Status, Tag

# Of one alert: a channel takes twenty messages a minute, and whoever reads it fewer still.
MAX_ALERT_MESSAGES = 2

_TAG_LABELS = {Tag.NEW: "NEW", Tag.UPDATE: "UPDATE", Tag.DISPUTE: "DISPUTE", Tag.SECOND_SOURCE: "SECOND SOURCE"}

# A fact that is told, why, and the held fact that it updates, disputes or repeats.
Item = tuple[Tag, Known, Known | None]


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert as chats get it."""

    messages: tuple[Html, ...]
    left_out: int  # facts that it only counts; they are under `/story`


def alert_messages(title: str | None, source: Known | None, items: Iterable[Item]) -> ToldAlert:
    """Return an alert as a message or two: what is new in a story, fact by fact, each with its source.

    An UPDATE carries the earlier figure beside it, a DISPUTE whom it contradicts, a SECOND SOURCE who had it first.
    Messages are parted between facts only. Of a story too long for that, what changes something held comes first, and
    what does not fit is counted.
    """
    told = list(items)
    head = Html(f"<b>{link(source.url if source else None, title)}</b>") if title else None
    messages = list(islice(packed((_alert_block(*item) for item in told), head=head), MAX_ALERT_MESSAGES + 1))
    if len(messages) > MAX_ALERT_MESSAGES:
        return _shortened(sorted(told, key=_rank), head)
    return ToldAlert(tuple(map(joined, messages)), 0)


def _rank(item: Item) -> int:
    """Return what is told first: what changes something held, then what is new, then who else has it."""
    tag, known, _ = item
    if tag in (Tag.UPDATE, Tag.DISPUTE) or known.fact.status in (Status.WALKED_BACK, Status.DENIED):
        return 0
    return 2 if tag is Tag.SECOND_SOURCE else 1


def _shortened(told: Sequence[Item], head: Html | None) -> ToldAlert:
    messages = list(islice(packed((_alert_block(*item) for item in told), head=head), MAX_ALERT_MESSAGES))
    facts = sum(map(len, messages)) - (head is not None)
    while not fits([*messages[-1], _left_out(told[facts:])]):
        messages[-1].pop()
        facts -= 1
    messages[-1].append(_left_out(told[facts:]))
    return ToldAlert(tuple(map(joined, messages)), len(told) - facts)


def _left_out(rest: Sequence[Item]) -> Html:
    """Return "and 400 more new facts", or of several kinds "and 412 more facts (400 NEW, 12 SECOND SOURCE)"."""
    counts = Counter(tag for tag, *_ in rest)
    kinds = ", ".join(f"{counts[tag]:,} {_TAG_LABELS[tag]}" for tag in _TAG_LABELS if counts[tag])
    key = escape(cut(rest[0][1].story_key, MAX_LABEL_UNITS)) if rest else ""
    if counts[Tag.NEW] == len(rest):
        told = f"<b>and {so_many(len(rest), 'more new fact', 'more new facts')}</b>"
    else:
        told = f"<b>and {so_many(len(rest), 'more fact', 'more facts')}</b> ({kinds})"
    return Html(f"{told}; /story {key} shows all of them")


def _alert_block(tag: Tag, known: Known, ref: Known | None) -> Html:
    label = f"<b>{_TAG_LABELS[tag]}</b>"
    if ref is None or tag is Tag.NEW:
        return Html(f"{label}\n{fact_block(known)}")
    if tag is Tag.SECOND_SOURCE:  # the sentence is the same, so naming who had it first is enough
        return Html(f"{label}\n{fact_block(known)}\n<i>first</i> {credit(ref)}")
    room = MAX_SENTENCE_UNITS // 2
    what = _change(known, ref) if tag is Tag.UPDATE else _sides(known, ref)
    return Html(
        f"{label}{what}\n{fact_block(known, max_units=room)}\n"
        f"<i>{'before' if tag is Tag.UPDATE else 'against'}</i>\n{fact_block(ref, max_units=room)}"
    )


def _change(known: Known, ref: Known) -> str:
    """Return ": 9 → 12" for the first figure of the same thing that differs, both as printed; else nothing."""
    for new in known.fact.quantities:
        for old in ref.fact.quantities:
            if not new.earlier and new.unit == old.unit and _value(new) != _value(old):
                return f": {escape(old.text)} → {escape(new.text)}"
    return ""


def _value(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    return quantity.value, quantity.low, quantity.high


def _sides(known: Known, ref: Known) -> str:
    """Return ": A against B", the speakers or else the outlets."""
    return f": {escape(_voice(known))} against {escape(_voice(ref))}"


def _voice(known: Known) -> str:
    return cut(known.fact.speaker.name if known.fact.speaker else outlet_of(known), MAX_LABEL_UNITS)
