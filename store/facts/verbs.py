"""The forms of English verbs."""

from __future__ import annotations

from functools import cache

from store.facts.lexicon import table
from store.facts.words import stem


@cache
def _irregular() -> dict[str, tuple[str, str, frozenset[str]]]:
    found = {}
    for verb, past, participle, *more in table("irregular_verbs.tsv"):
        found[verb] = (past, participle, frozenset(more[0].split()) if more else frozenset())
    return found


def past_of(verb: str) -> str:
    """Return the simple past of *verb*."""
    if verb in _irregular():
        return _irregular()[verb][0]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def participle_of(verb: str) -> str:
    """Return the past participle of *verb*."""
    return _irregular()[verb][1] if verb in _irregular() else past_of(verb)


def third_of(verb: str) -> str:
    """Return the form of *verb* that goes with "she"."""
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def gerund_of(verb: str) -> str:
    """Return the -ing form of *verb*."""
    for form in _irregular().get(verb, ("", "", frozenset[str]()))[2]:
        if form.endswith("ing"):
            return form
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") and verb != "be" else verb) + "ing"


@cache
def forms_of(verb: str) -> frozenset[str]:
    """Return every form of *verb*, itself included."""
    more = _irregular().get(verb, ("", "", frozenset[str]()))[2]
    return frozenset({verb, third_of(verb), past_of(verb), participle_of(verb), gerund_of(verb)}) | more


@cache
def basic_stems() -> dict[str, str]:
    """Return the stem of each irregular verb's basic form, by those of its other forms: "took" is "take"."""
    return {
        stem(form): stem(verb)
        for verb, (past, participle, more) in _irregular().items()
        for form in (*past.split(), *participle.split(), *sorted(more))
    }
