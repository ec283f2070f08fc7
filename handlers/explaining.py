"""What `/why` says: how a question was read, what was looked at, and what decided. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.markup import MAX_SENTENCE_UNITS, Html, cut, escape
from store.lookup.model import Answer

# The features that weighed most, of each of the first two sentences.
MAX_FEATURES = 6


def explanation_message(answer: Answer) -> Html:
    """Return the explanation as one message."""
    return escape(cut(explanation_text(answer), MAX_SENTENCE_UNITS))


def explanation_text(answer: Answer) -> str:
    """Return the explanation in plain words; `Answer.explanation` must have been asked for."""
    told = answer.explanation
    lines = [f"“{answer.question.text}”", *map(_word, told.get("words", ()))]
    if looked_at := told.get("candidates"):
        counts = [f"{count} {name.replace('_', ' ')}" for name, count in looked_at.items()]
        lines.append(f"looked at: {', '.join(counts)}")
    if "wants" in told:
        lines.append(f"asks for: {told['wants']}")
    if "chance" in told:
        lines.append(f"chance that the first sentence answers: {told['chance']:.0%}")
    texts = {match.known.id: match.known.text for match in answer.matches}
    for place, ranked in zip(("first", "second"), told.get("first_two", ()), strict=False):
        lines += ["", f"{place}, fact {ranked['fact']}, score {ranked['score']:.1f}"]
        lines += [texts[ranked["fact"]]] if ranked["fact"] in texts else []
        lines.append(_evidence(ranked["evidence"]))
    return "\n".join(lines)


def _word(word: Mapping[str, Any]) -> str:  # Any: JSON values
    """Return "border: as typed in 10 facts, or frontier (synonym) in 3"."""
    options = []
    for option in word["read_as"]:
        read = "as typed" if option["how"] == "same" else f"{option['term']} ({option['how']})"
        options.append(f"{read} in {option['facts']} facts")
    return f"{word['typed']}: {', or '.join(options) or 'in none'}"


def _evidence(evidence: Mapping[str, Mapping[str, float]]) -> str:
    """Return what weighed most, as value times weight, for or against."""
    parts = {name: each["value"] * each["weight"] for name, each in evidence.items()}
    heaviest = sorted(parts, key=lambda name: -abs(parts[name]))[:MAX_FEATURES]
    return ", ".join(f"{name.replace('_', ' ')} {parts[name]:+.1f}" for name in heaviest)
