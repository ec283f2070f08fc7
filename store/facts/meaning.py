"""What a sentence means without printing it: the names behind its pronouns and roles, and what it does to a claim."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.facts.model import Fact, Status
from store.facts.words import stem, telling_stems

# "Called the report a fairy tale" denies, "I should have been more precise" takes back: asked for with these words.
_DOES: Mapping[Status, str] = MappingProxyType({Status.DENIED: stem("deny"), Status.WALKED_BACK: stem("retract")})


def implied_names(fact: Fact) -> list[str]:
    """Return the stems of the names that *fact* means: of its speaker and of whom and what it is about, each once."""
    names = [*([fact.speaker.name] if fact.speaker else []), *fact.people, *fact.orgs, *fact.places]
    return list(dict.fromkeys(term for name in names for term in telling_stems(name)))


def implied_deed(fact: Fact) -> str | None:
    """Return the stem of what *fact* does to a claim: "deny", "retract"; None when it does neither."""
    return _DOES.get(fact.status)
