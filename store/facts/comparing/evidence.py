"""What speaks for a relation between two facts, in words that an editor can check: cues, figures, names, words.

All is made of the sentences' own words, as the newer one prints them, and of a few labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.facts import words
from store.facts.comparing.changes import find_change
from store.facts.comparing.concepts import find_concepts
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import LIGHT
from store.facts.comparing.sayings import said_with

_MOST = 6  # names, and words, that are shown
_OWNERS = frozenset({"'s", "’s"})
_DENYING = frozenset({"deny", "reject", "label", "judge"})  # kinds of verbs in cue_verbs.tsv

_Place = tuple[int, int, frozenset[str]]  # where words are printed, and the terms that they can stand for


def shared(new: Profile, held: Profile) -> str:
    """Return what two facts have in common: "same figures 14 dead; same names Harrow, Tolme; same words shelled".

    Empty where they have nothing in common but who speaks.
    """
    common = {"figures": _figures(new, held), "names": _names(new, held), "words": _words(new, held)}
    return "; ".join(f"same {what} {', '.join(found[:_MOST])}" for what, found in common.items() if found)


def with_shared(told: str, new: Profile, held: Profile) -> str:
    """Add to what is *told* what else the two facts have in common."""
    return "; ".join(filter(None, (told, shared(new, held))))


def against(new: Profile, held: Profile) -> str:
    """Return with which word one contradicts what of the other: "“rejected” against what the army said: convoy".

    Of a claim against what was denied, it is the word of the denial.
    """
    if held.is_negative and not new.is_negative:
        return _on(f"against “{_denying(held)}” of {_who(held)}", new, held)
    return _on(f"“{_denying(new)}” against what {_who(held)} said", new, held)


def _denying(denial: Profile) -> str:
    """Return the word that denies: the verb of saying if it does so itself, else the "never" of what is said."""
    cue = denial.known.fact.cue or ""
    nots = denial.denying_words
    return cue if said_with(denial, _DENYING) or not nots else nots[0]


def taken_back(new: Profile, held: Profile) -> str:
    """Return with which word one goes back on what of the other: "“admitted” after what Ada Holt said: warning"."""
    cue = new.known.fact.cue
    return _on(f"{f'“{cue}”' if cue else 'told otherwise'} after what {_who(held)} said", new, held)


def counted(claim: Profile, denial: Profile, *, is_claim_new: bool) -> str:
    """Return what one has of which the other says that there is none: "38 tanks here, none there"."""
    figures = [
        figure.text
        for figure in claim.figures
        if denial.negated & {f"#{name}" for name in (figure.noun, figure.toll) if name}
    ]
    found = ", ".join(figures or printed(claim.known.text, denial.negated)) or "some"
    new, held = (claim, denial) if is_claim_new else (denial, claim)
    return with_shared(f"{found} here, none there" if is_claim_new else f"none here, {found} there", new, held)


def changed(new: Profile, held: Profile, name: str) -> str:
    """Return the words of a change and of the state that it ends: "“reopened” after “shut”"."""
    made, ended = find_change(new.known.text, "made", name), find_change(held.known.text, "endable", name)
    told = f"“{made or name}” after “{ended}”" if ended else f"“{made or name}” what was planned"
    return with_shared(told, new, held)


def regraded(new: Profile, held: Profile) -> str:
    """Return the grade that one gives after the other's: "red after orange"."""
    mine, theirs = (printed(one.known.text, one.grades) for one in (new, held))
    return with_shared(f"{', '.join(mine)} after {', '.join(theirs)}", new, held)


def copied(new: Profile, held: Profile) -> str:
    """Return how near two copies are: word for word, or which words the newer one has besides."""
    if new.plain == held.plain:
        return "word for word the same"
    added = [word for word in dict.fromkeys(new.plain) if word not in held.plain]
    return f"the same but for {', '.join(added[:_MOST])}" if added else "the same with a few words less"


def _on(told: str, new: Profile, held: Profile) -> str:
    about = [*_figures(new, held), *_names(new, held), *_words(new, held)]
    return f"{told}: {', '.join(about[:_MOST])}" if about else told


def _who(held: Profile) -> str:
    speaker = held.known.fact.speaker
    if not speaker:
        return "the story"
    return speaker.name if speaker.name[:1].isupper() else f"the {speaker.name}"


def _figures(new: Profile, held: Profile) -> list[str]:
    found = [
        mine.text
        for mine in new.figures
        if any(mine.equals(theirs) and mine.counts_like(theirs) > 0 for theirs in held.figures)
    ]
    return list(dict.fromkeys(found))


def _names(new: Profile, held: Profile) -> list[str]:
    common = (new.names & held.names) - (new.speaker & held.speaker)
    return printed(new.known.text, common, is_name=True)


def _words(new: Profile, held: Profile) -> list[str]:
    spoken = {term for term in new.stems if name_key(term) in new.speaker & held.speaker}
    return printed(new.known.text, (new.terms & held.terms) - new.names - spoken - LIGHT.keys())


def printed(text: str, terms: frozenset[str], *, is_name: bool = False) -> list[str]:
    """Return how a sentence prints *terms*, stems or "#concept"s, each once, in its order; names side by side as one.

    *is_name*: terms are keys of names, which stand for capitalised words alone.
    """
    found: list[tuple[int, int]] = []
    for start, end, stands_for in sorted(_places(text), key=lambda place: (place[0], -place[1])):
        if terms.isdisjoint(stands_for) or (found and start < found[-1][1]) or (is_name and not text[start].isupper()):
            continue
        goes_on = is_name and bool(found) and text[found[-1][1] : start] == " "
        found.append((found.pop()[0] if goes_on else start, end))
    return list(dict.fromkeys(text[start:end] for start, end in found))


def _places(text: str) -> Iterator[_Place]:
    placed = list(words.placed_stems(text))
    for token, term in placed:
        if token.text not in words.FUNCTION_WORDS:
            owner = text[token.end - 2 : token.end] in _OWNERS  # of "Harrow's mayor" the name is "Harrow"
            yield token.start, token.end - 2 * owner, frozenset({term, name_key(term)})
    for hit in find_concepts([token.text for token, _ in placed], [term for _, term in placed]):
        yield placed[hit.start][0].start, placed[hit.end - 1][0].end, frozenset({f"#{hit.concept.name}"})
