"""What is ruled out before it is weighed: it must be what no rule would have taken."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.facts.comparing.copies import find_origin, is_copy
from store.facts.comparing.profiles import Profile, read_profile
from store.facts.comparing.sameness import Rarity
from store.facts.comparing.turning import is_turned
from tests.facts import test_comparing
from tests.facts.knowns import known

_WORDS = ("the", "of", "and", "us", "US", "who", "dykes", "dyke", "life-jacket", "life jacket", "12", "broke", "Marn",
          "Sill's", "was", "not", "Тамм", "İl", "soup", "for", "a", "night")  # fmt: skip
_sentences = st.lists(st.sampled_from(_WORDS), min_size=8, max_size=24).map(" ".join)


def test_whom_a_fact_is_not_compared_with_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set beside every held fact of all running events, each new one is found to be the same."""
    ruled_out = test_comparing._run()
    monkeypatch.setattr(Rarity, "share_much", lambda *_: True)
    in_full = test_comparing._run.__wrapped__()

    assert in_full == ruled_out


@given(
    text=_sentences,
    other=_sentences,
    changes=st.lists(st.tuples(st.integers(0, 23), st.sampled_from(_WORDS)), max_size=4),
)
@example(text="the dyke of Marn broke and US soup was not for us", other="", changes=[])
def test_no_copy_is_overlooked(text: str, other: str, changes: list[tuple[int, str]]) -> None:
    """A sentence whose words rule it out as a copy is none, whatever its hyphens, capitals and abbreviations."""
    edited = text.split(" ")
    for at, word in changes:
        edited[at % len(edited)] = word
    near = " ".join(edited)
    new = read_profile(known(text))
    for held in (other or text, near, near.upper(), near.replace("-", " ")):
        profile = Profile(known(held, id_=1, story=7))

        is_turned_copy = new.plain != profile.plain and is_turned(new, profile)
        is_whole = is_copy(new.plain, profile.plain) and not is_turned_copy
        assert (find_origin([new], [[profile]]) == 7) == is_whole or len(new.plain) < 8
