"""What a held fact is compared by, as it is kept beside its words."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from store.database.gists import RULES, pack_gist, read_by, unpack_gist
from store.database.reading import all_facts
from store.database.recent import recent_profiles
from store.database.store import Store
from store.database.stories import save_story
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Gist, Profile
from store.facts.extract import extract_facts
from store.intake.sample_stories import sample_lines
from tests.database.builders import NOW, ROOT, story
from tests.facts.running_events import events

PARTS = (
    "id", "story", "status", "speaker", "voice", "side", "body", "terms", "names", "places", "words", "amounts",
    "is_shouted", "plain", "events", "subjects", "tolls", "things", "figures",
    "changes", "nots", "grades", "contradicts", "echoes", "asks", "negated", "recalls", "coming", "is_denial",
    "is_negative", "corrects", "gives_old_figures",
)  # fmt: skip

FLOOD = (
    "MARN, May 4 (Northwind) - The Tar-i-Bagh dyke at Sill broke on Sunday and 1,200 people fled, rescuers said.\n\n"
    '"We saw no boat," Governor Ilse Tamm told reporters. She denied that not one tank was full in U.S. hands. '
    "Marn also asked whether the red alert had been lifted, contradicting the army of Velby."
)


NOTHING = Gist(*[frozenset[str]()] * 5, is_plain=False, is_body=False, amounts=(), is_shouted=False)

# Every gist tells that no word stands for anything.
WRONG = "UPDATE fact_words SET gist = CAST(x'02' || zeroblob(length(gist) - 1) AS BLOB)"


def parts_of(profile: Profile) -> dict[str, object]:
    """Return all that a fact is compared by."""
    return {name: getattr(profile, name) for name in PARTS}


def add(store: Store, text: str) -> None:
    """Save a story read in full."""
    told = story(text, published_at=NOW)
    store.write(lambda db: save_story(db, told, extract_facts(told), key=None, now=NOW))


def held(db: Database) -> dict[int, Profile]:
    """Return the profiles of all facts as a connection that remembers nothing reads them, and read each in full."""
    profiles = recent_profiles(db, [known.id for known in all_facts(db)])
    assert all(profile.known.id == id_ for id_, profile in profiles.items())
    return profiles


def test_a_kept_fact_is_compared_as_its_sentence_would_be(store: Store) -> None:
    """From its gist come the same words, names and concepts as from the sentence, in wire copy of all kinds."""
    told = [line.story for line in sample_lines() if line.story]
    told += [each.story for stories in events().values() for each in stories]
    add(store, FLOOD)
    for number, one in enumerate(told):
        store.write(lambda db, one=one, key=str(number): save_story(db, one, extract_facts(one), key=key, now=NOW))

    profiles = store.read(held)
    kept, facts = store.read(lambda db: db.conn.execute("SELECT count(gist), count(*) FROM fact_words").fetchone())

    assert len(profiles) > 200
    assert kept > 0.98 * facts  # a gist that cannot be told in this way is read from the sentence
    for profile in profiles.values():
        assert parts_of(profile) == parts_of(Profile(profile.known)), profile.known.text


def test_a_kept_fact_is_not_read(store: Store) -> None:
    """What is compared comes from the gist: of a wrong one the wrong words."""
    add(store, FLOOD)
    store.write(lambda db: db.conn.execute(WRONG))

    assert all(not profile.names for profile in store.read(held).values())


@pytest.mark.parametrize(
    "change",
    ["UPDATE reading_rules SET rules = 'others'", "UPDATE fact_words SET gist = NULL"],
)
def test_what_other_rules_gave_is_read_again(store: Store, change: str) -> None:
    """After an upgrade or a new line in a lexicon an old gist counts as none, and so does a missing one."""
    add(store, FLOOD)
    before = {id_: parts_of(profile) for id_, profile in store.read(held).items()}
    store.write(lambda db: db.conn.execute(WRONG))
    store.write(lambda db: db.conn.execute(change))

    with Store.open(store.path) as fresh:
        after = {id_: parts_of(profile) for id_, profile in fresh.read(held).items()}

    assert after == before


def test_rules_get_a_number_once(store: Store) -> None:
    """Every story is read by the same rules; other rules get the next number, and go on with it."""
    add(store, FLOOD)
    add(store, FLOOD.replace("Sill", "Orn"))
    store.write(lambda db: db.conn.execute("UPDATE reading_rules SET rules = 'others'"))
    with Store.open(store.path) as fresh:
        add(fresh, FLOOD.replace("Sill", "Kett"))
        add(fresh, FLOOD.replace("Sill", "Lusk"))
        numbers = fresh.read(lambda db: db.conn.execute("SELECT hex(substr(gist, 1, 1)) FROM fact_words").fetchall())

    assert [int(number, 16) // 2 for (number,) in numbers] == 8 * [1] + 8 * [2]


def test_a_gist_takes_some_bytes(store: Store) -> None:
    """A million facts may not take megabytes for each of theirs."""
    add(store, FLOOD)
    sizes = store.read(lambda db: db.conn.execute("SELECT length(gist) FROM fact_words").fetchall())

    assert max(size for (size,) in sizes) <= 16


_words = st.lists(st.sampled_from(["dyke", "marn", "tamm", "oslo", "khorog", "u", "water", "fled"]), unique=True)


@given(
    words=_words,
    marks=st.lists(st.integers(0, 15), min_size=8, max_size=8),
    rules=st.integers(1, 3000),
    rest=st.builds(
        Gist,
        *[st.just(frozenset())] * 4,
        side=st.frozensets(st.sampled_from(["marn", "1848", "tmm"])),
        is_plain=st.booleans(),
        is_body=st.booleans(),
        amounts=st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=3).map(tuple),
        is_shouted=st.booleans(),
    ),
)
@example(words=["marn"], marks=[15] * 8, rules=63, rest=NOTHING._replace(is_plain=True, amounts=(2.5, 1e15, 3.0)))
@example(words=["marn"], marks=[15] * 8, rules=64, rest=NOTHING._replace(side=frozenset({"marn"})))
@example(words=[], marks=[15] * 8, rules=1, rest=NOTHING._replace(side=frozenset({"1848"}), amounts=(1848.0,)))
def test_what_can_be_told_by_its_words_comes_back(words: list[str], marks: list[int], rules: int, rest: Gist) -> None:
    """Whatever its words stand for, and however many rules there were before."""
    keys = {word: name_key(word) for word in words}
    marked = list(zip(words, marks, strict=False))
    stands = frozenset(word for word, mark in marked if mark & 1)
    terms, names, places = (frozenset(keys[word] for word, mark in marked if mark & bit) for bit in (2, 4, 8))
    gist = rest._replace(terms=stands | terms | {"#dead"}, names=names, places=places, stems=frozenset(words))

    kept = pack_gist(gist, words, rules)

    assert kept is not None
    assert unpack_gist(kept, keys, rules) == gist
    assert [number for number in range(max(0, rules - 70), rules + 70) if read_by(kept, number)] == [rules]


def test_what_its_words_cannot_tell_is_not_kept() -> None:
    """A term that is no indexed word of the fact, nor one's key, is read from the sentence."""
    assert pack_gist(NOTHING, ["dyke"], 1) is not None
    for part in ("terms", "names", "places"):
        assert pack_gist(NOTHING._replace(**{part: frozenset({"boat"})}), ["dyke"], 1) is None


def test_all_that_decides_how_words_are_read_is_in_the_checksum() -> None:
    """A gist is kept by no lexicon and no module of ours that could change without it."""
    code = """
import json, sys
from pathlib import Path
from store.facts import lexicon

files, ran = [], set()
whole = lexicon._read
lexicon._read = lambda name: (files.append(f"lexicons/{name}"), whole(name))[1]

from store.facts.comparing.profiles import Profile
from store.facts.model import Fact, Known, Mode, Quantity, Speaker, Status

def read(text, fact):
    sys.setprofile(lambda frame, *_: ran.add(frame.f_code.co_filename))
    gist = Profile(Known(1, 1, "", text, fact)).gist
    sys.setprofile(None)
    return gist

speaker = Speaker("Sill army", "the army", of="Drenia")
for text in ("The army of Sill lost 12 tanks in Marn.", "Not one of 12 tanks hit a third man, the army of Sill said."):
    at = text.index("12")
    tanks = Quantity("12 tanks", at, at + len("12 tanks"), 12.0, unit="tanks")
    fact = Fact(0, len(text), 0, 0, Status.CLAIMED, Mode.ASSERTION, speaker, quantities=(tanks,), places=("Sill",))
    assert read(text, fact).is_plain == text.startswith("The")
told = sorted(set(files))  # what is opened from here on is opened to find facts, and those are stored

from store.facts.extract import extract_facts
from store.intake.sample_stories import sample_lines

for story in [line.story for line in sample_lines() if line.story]:
    for fact in extract_facts(story).facts:
        read(story.text[fact.start : fact.end], fact)
home = Path(lexicon.__file__).parent
ours = {Path(name) for name in ran if Path(name).is_relative_to(home)}
print(json.dumps([told, sorted(str(path.relative_to(home)) for path in ours)]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    lexicons, modules = json.loads(done.stdout)

    assert len(lexicons) > 5
    assert len(modules) > 3
    assert {*lexicons, *modules} == set(RULES)
