"""How far to trust that the first sentence answers, once an editor has put the list in order.

The confidence by words alone knows what it learnt from an encyclopaedia, where a topic is told once. A desk holds many
short stories on one event, and asks for what they do not say: there a second model weighs that confidence together
with the editor's objections, fitted on questions to news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p, prod

from store.lookup.asking import is_light
from store.lookup.choices import Choice
from store.lookup.choosing import Verdict
from store.lookup.kindred import nearest_kin
from store.lookup.objecting import terms_of
from store.lookup.passages import Weighed
from store.lookup.ranked import Search
from store.lookup.settings import news_settings
from store.lookup.weights import Weights
from store.lookup.wording import is_in

_FEW = 5  # choices after the first that it is compared with
_LEAST_LEAD, _MOST_LEAD = 0.0, 8.0  # of the first's sum over the second's; an update may stand far behind
_CERTAIN = 1e-4  # chances nearer to 0 or 1 than this are not told apart


@dataclass(frozen=True, slots=True)
class Trust:
    """The chance that the first sentence answers, and the least with which it is given as the answer."""

    chance: float
    floor: float


def trust_in(search: Search, verdict: Verdict, weights: Weights) -> Trust:
    """Return how far to trust the first of *verdict*, which was found by *search*."""
    if not verdict.choices:
        return Trust(0.0, weights.floor)
    if not search.is_news:
        settings = news_settings()
        factor = prod(settings["doubts"][objection] for objection in verdict.objections)
        return Trust(search.chance * factor ** settings["undated"]["exponent"], weights.floor)
    news = weights.news
    evidence = news_evidence(search, verdict)
    odds = news.bias + sum(news.evidence.get(name, 0.0) * value for name, value in evidence.items())
    return Trust(1 / (1 + exp(-odds)), news.floor)


def news_evidence(search: Search, verdict: Verdict) -> dict[str, float]:
    """Return what speaks for and against the first of *verdict*, which has one, by name and always in one order."""
    weighed, first = search.weighed, verdict.choices[0]
    said = terms_of(first.known)
    near = said | first.around
    held = {objection: float(objection in verdict.objections) for objection in news_settings()["doubts"]}
    return {
        "by_words": _log_odds(search.chance),
        "near": weighed.share([is_in(ask, near) for ask in weighed.asks]),
        "unexplained": _unexplained(weighed, near),
        "unheld": weighed.share([not ask.options for ask in weighed.asks]),
        "rarest_missing": _rarest_missing(weighed, said),
        "has_all": float(verdict.has_all),
        "introduces": float(verdict.introduces),
        "is_theirs": float(verdict.is_theirs),
        "lead": _lead(verdict.choices),
        "words": log1p(len(weighed.asks)),
        **held,
    }


def _log_odds(chance: float) -> float:
    kept = min(max(chance, _CERTAIN), 1 - _CERTAIN)
    return log(kept / (1 - kept))


def _unexplained(weighed: Weighed, near: set[str]) -> float:
    """Return the share of the weight of words that do not stand *near* the sentence, nor any of their matter.

    Who asks in other words than the story's uses words of its matter; who asks for what it does not say does not.
    """
    lacking = sum(
        telling * (1 - nearest_kin(ask.meant, near))
        for ask, telling in zip(weighed.asks, weighed.rarities, strict=True)
        if not is_in(ask, near)
    )
    return lacking / weighed.total


def _rarest_missing(weighed: Weighed, said: set[str]) -> float:
    """Return the share of the weight that the most telling word has which the sentence lacks."""
    pairs = zip(weighed.asks, weighed.rarities, strict=True)
    missing = (telling for ask, telling in pairs if not is_light(ask.typed) and not is_in(ask, said))
    return max(missing, default=0.0) / weighed.total


def _lead(choices: Sequence[Choice]) -> float:
    others = max((choice.score for choice in choices[1 : _FEW + 1]), default=0.0)
    return min(max(choices[0].score - others, _LEAST_LEAD), _MOST_LEAD)
