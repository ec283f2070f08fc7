"""What `/why` says: how a question was read, what was looked at, and what decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.markup import MAX_SENTENCE_UNITS, Html, cut, escape
from handlers.render import so_many
from store.lookup.model import Answer

# What weighed most for or against a sentence.
MAX_REASONS = 4
# Other words that one may stand for.
MAX_OPTIONS = 4
# Less of the ranking's sum than this is not worth a reader's time.
LEAST_SHARE = 0.3

_HOW_READ = {
    "spelling": "spelling", "sound": "another spelling", "synonym": "means the same", "name": "goes by that",
    "alias": "taught with /alias", "joined": "in one word",
}  # fmt: skip
_WANTS = {
    "person": "who", "time": "when", "place": "where", "count": "how many", "amount": "how much", "share": "what share",
    "cause": "why", "name": "a name", "yes_no": "whether it is so", "thing": "what the words say",
}  # fmt: skip
_FILTERS = {"outlet": "from", "speaker": "said by", "since": "since", "until": "until"}
# What each feature of `store.lookup.evidence` means to a reader.
_REASONS = {
    "own": "its own words", "paragraph": "the words of its paragraph", "before": "the sentence before it",
    "after": "the sentence after it", "cover": "how much of the question it has",
    "cover_paragraph": "how much its paragraph has", "cover_title": "how much the headline has",
    "cover_around": "how much the paragraphs around it have", "cover_story": "how much its story has",
    "exact": "words just as typed", "exact_paragraph": "words as typed in its paragraph",
    "with_title": "itself with the headline", "with_before": "itself with the sentence before",
    "rest": "what the headline leaves open", "local": "what tells it from the rest of its story",
    "words": "the number of words found", "rarest": "the rarest word", "pairs": "words near each other",
    "order": "words in the same order", "dense": "words close together", "starts": "what it begins with",
    "names": "the names asked for", "figures": "the figures asked for", "missing_names": "names that are missing",
    "length": "its length", "short": "being very short", "first": "opening its paragraph",
    "place": "its place in the story", "new_capitals": "names not in the question",
    "new_figures": "figures not in the question", "person": "naming somebody", "day": "giving a day",
    "year": "giving a year", "place_named": "naming a place", "count": "giving a number",
    "counted": "counting what was asked", "amount": "giving an amount", "money": "giving a sum of money",
    "measure": "giving a measure", "share": "giving a share", "cause": "giving a cause", "name": "giving a name",
    "alone": "being a paragraph by itself", "background": "being background",
    "kin": "words of the same matter", "kin_paragraph": "words of the same matter in its paragraph",
}  # fmt: skip


def explanation_message(answer: Answer) -> Html:
    """Return the explanation as one message."""
    return escape(cut(explanation_text(answer), MAX_SENTENCE_UNITS))


def explanation_text(answer: Answer) -> str:
    """Return the explanation in plain words; `Answer.explanation` must have been asked for."""
    told = answer.explanation
    lines = [f"“{answer.question.text}” asks {_WANTS[told['wants']]}."]
    if answer.inherited:
        lines.append(f"It follows up the question before, and was read with: {', '.join(answer.inherited)}.")
    if told["filters"]:
        lines.append(f"Only {', '.join(f'{_FILTERS[name]} {value}' for name, value in told['filters'].items())}.")
    lines += ["", *map(_word, told["words"]), ""]
    looked_at = told["candidates"]
    sentences = so_many(looked_at["facts"], "sentence", "sentences")
    paragraphs = so_many(looked_at["paragraphs"], "paragraph", "paragraphs")
    lines.append(f"Looked at {sentences} and {paragraphs}.")
    for label, ranked in zip(("First", "Second"), told["first_two"], strict=False):
        lines += ["", f"{label}, with {ranked['score']:.1f} points:", ranked["text"], *_evidence(ranked["evidence"])]
    return "\n".join([*lines, "", *_decision(answer.abstained, told)])


def _decision(abstained: bool, told: Mapping[str, Any]) -> list[str]:
    """Return why the first sentence was, or was not, given as the answer."""
    if not told["first_two"]:
        return ["No sentence came near."]
    lines = ["Another has more of the words; the first fits better by speaker, figure or date."] * told["put_first"]
    lines += [f"Against it: {objection}." for objection in told["objections"]]
    outcome = "too little for an answer" if abstained else "enough for an answer"
    return [*lines, f"Chance that the first answers: {told['chance']:.0%}, {outcome} (from {told['floor']:.0%})."]


def _word(word: Mapping[str, Any]) -> str:  # Any: JSON values
    """Return "border: in 10 sentences; also frontier (means the same)"."""
    options = word["read_as"]
    same = next((option for option in options if option["how"] == "same"), None)
    others = [f"{o['word']} ({_HOW_READ[o['how']]})" for o in options if o is not same][:MAX_OPTIONS]
    if not options:
        return f"{word['typed']}: in no sentence"
    if same is None:
        return f"{word['typed']}: read as {', '.join(others)}"
    found = f"{word['typed']}: in {so_many(same['facts'], 'sentence', 'sentences')}"
    return f"{found}; also {', '.join(others)}" if others else found


def _evidence(evidence: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return what weighed most for and against, as value times weight, each on a line."""
    parts = {name: each["value"] * each["weight"] for name, each in evidence.items()}
    heaviest = sorted((name for name in parts if abs(parts[name]) >= LEAST_SHARE), key=lambda name: -abs(parts[name]))
    sides = (("for it", [n for n in heaviest if parts[n] > 0]), ("against it", [n for n in heaviest if parts[n] < 0]))
    return [f"{side}: {_reasons(names, parts)}" for side, names in sides if names]


def _reasons(names: Iterable[str], parts: Mapping[str, float]) -> str:
    return ", ".join(f"{_REASONS[name]} {parts[name]:+.1f}" for name in list(names)[:MAX_REASONS])
