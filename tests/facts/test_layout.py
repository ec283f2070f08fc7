"""Stories of many agencies are cut into facts and furniture as their examples say."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.facts.model import Layout
from store.facts.page.furniture import is_furniture
from store.facts.page.layout import read_layout

EXAMPLES = Path(__file__).parent / "examples" / "layout.txt"


@dataclass
class Case:
    """A story with its facts marked, and what else is expected."""

    name: str
    text: str
    facts: list[str]
    expected: dict[str, str] = field(default_factory=dict)


def read_cases(path: Path) -> list[Case]:
    """Read the example table; its own first lines say how it is written."""
    cases = []
    for block in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, _, marked = block.partition("\n\n")
        name, *lines = head.splitlines()
        marked = marked.rstrip("\n").replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t")
        facts = [piece.partition("]]")[0] for piece in marked.split("[[")[1:]]
        text = marked.replace("[[", "").replace("]]", "")
        cases.append(Case(name, text, facts, dict(line.split(": ", 1) for line in lines)))
    return cases


def facts_of(text: str, layout: Layout) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in layout.sentences]


CASES = read_cases(EXAMPLES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example_is_cut_as_marked(case: Case) -> None:
    """The facts of an example are the marked sentences, and its dateline, byline, headline and notes are read."""
    layout = read_layout(case.text, title=case.expected.get("title"))

    assert facts_of(case.text, layout) == case.facts
    line = layout.dateline
    read = {
        "place": line and line.place,
        "agency": line and line.agency,
        "date": line and line.date_text,
        "byline": layout.byline,
        "headline": layout.headline,
        "corrections": str(len(layout.corrections)),
    }
    wanted = {"place": None, "agency": None, "date": None} | {k: v for k, v in case.expected.items() if k != "title"}
    assert {key: read[key] for key in wanted} == wanted


def quotes_of(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in read_layout(text).quotes]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("He called it “a ‘bad’ deal” and left.", ["“a ‘bad’ deal”"]),
        ("'So am I,' said Ana. 'It's the dogs' barking.'", ["'So am I,'", "'It's the dogs' barking.'"]),
        ("The '90s were loud; rock 'n' roll ruled the workers' hall.", []),
        ("A 'deteriorating' state worried the ministers' staff.", ["'deteriorating'"]),
        ('The 6\'2" goalkeeper wore a 12" scar.', []),
        ("„Ja“, sagte er. »Nein«, sagte sie. « Oui », dit-il.", ["„Ja“", "»Nein«", "« Oui »"]),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("“One.\n\n“Two.\n\n“Three,” he said.", ["“One.\n\n“Two.\n\n“Three,”"]),
        ("“One is left open.\n\nHe left.", []),
    ],
)
def test_quotation_marks_are_paired(text: str, quotes: list[str]) -> None:
    """Marks of every style pair up, apostrophes and inches open nothing."""
    assert quotes_of(text) == quotes


def check_shape(text: str, layout: Layout) -> None:
    end = 0
    for position, sentence in enumerate(layout.sentences):
        words = text[sentence.start : sentence.end]
        assert end <= sentence.start < sentence.end <= len(text)
        assert words == words.strip()
        assert any(char.isalpha() for char in words)
        assert sentence.position == position
        paragraph = layout.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start and sentence.end <= paragraph.end
        end = sentence.end
    held = {sentence.paragraph for sentence in layout.sentences}
    assert held == set(range(len(layout.paragraphs)))
    for taken in layout.furniture:
        assert not any(s.start < taken.end and taken.start < s.end for s in layout.sentences)


PIECES = st.sampled_from(
    ["\n", "\n\n", " ", ". ", "“", "”", '"', "'", "’", "«", "»", "(", ")", " - ", " — ", "TARN, May 3 (NP) - ",
     "By Jo Ek", "said", "Mr. Ek", "U.S. ", "5 p.m. ", "Tarn", "é", "\x00", "\u200b", "\u202e", "•  ", "14:05 GMT ",
     "...", "#tag", "🚢", "CORRECTION: ", "Read more: ", "\r\n", "\t", "\ud800", "Photo: ", "the ", "A. ", "ß", "١٢",
     "العربية", "©", "HOLT: ", "Q: ", "Ms Ek: ", "**", "?", "(Applause)", "we "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
@example("A. ’")
@example('"A. B" c.')
def test_any_text_gives_sentences_in_order(text: str) -> None:
    """Whatever the text: sentences are in order, apart, trimmed, hold a letter and lie in their paragraphs."""
    check_shape(text, read_layout(text))


WORST = {
    "one word": "a",
    "labels": "HOLT: We go.\n\nAnd on.\n\nQ: Why?\n\n",
    "labels without an end": "Aaa Bbb ",
    "words without stops": "Abcd ",
    "full stops": ". ",
    "initials": "A.B.",
    "titles": "Mr. ",
    "open quotes": "“A. ",
    "straight quotes": '"A. ',
    "single quotes": "'a ",
    "quoted sentences": '"A. B," X said. ',
    "spaces": " ",
    "lines": "a\n",
    "blank lines": "\n",
    "brackets": "(",
    "dashes": "A - ",
    "pictograms": "🚢",
    "zeros": "\x00",
    "digits": "12:05 ",
    "slashes": "A/",
    "hashtags": "#a ",
}


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_time_is_linear_in_the_length(piece: str) -> None:
    """Eight times the text takes about eight times as long, for the worst texts that we know."""
    short, long = piece * (20_000 // len(piece)), piece * (160_000 // len(piece))

    def seconds(text: str) -> float:
        began = time.process_time()
        read_layout(text)
        return time.process_time() - began

    # The least of three: a collection of garbage in between is none of the layout's time.
    assert min(seconds(long) for _ in range(3)) < 40 * max(seconds(short), seconds(short), 0.005)


@pytest.mark.parametrize("piece", ["A", "Aa ", "Aa.", "AAA/", "(photo by ", "get ", "Reporting by ", "x@", "+4 ", "#"])
def test_furniture_is_told_at_once(piece: str) -> None:
    """No line, however it is made up, keeps the furniture rules busy: a thousand looks take under a second."""
    line = piece * (390 // len(piece))
    began = time.process_time()
    for _ in range(1000):
        is_furniture(line)
        is_furniture(line[:130])

    assert time.process_time() - began < 1


def test_no_fact_is_too_long_for_a_message() -> None:
    """What goes on and on without a stop is cut at white space, and nothing of it is lost."""
    text = "The list names " + "Abcde fghij klmno, " * 1000 + "x" * 6000 + "."
    layout = read_layout(text)

    assert max(s.end - s.start for s in layout.sentences) <= 2600
    assert "".join("".join(facts_of(text, layout)).split()) == "".join(text.split())
