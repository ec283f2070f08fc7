"""Why a fact reads as it does: the examples of `examples/rules.tsv`, and a wording for every rule of the code."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.facts import rules
from store.facts.explaining import Explained, explain_fact, explain_relation
from store.facts.extract import extract_facts
from store.facts.model import Mode, RelationType, Story
from store.facts.rules import SPOKEN, Reason, Rule, spoken

NOON = datetime.fromisoformat("2026-03-04T12:00:00+01:00")
FACTS = Path(rules.__file__).parent
EXAMPLES = [
    tuple(line.replace("\\n", "\n").split("\t"))
    for line in (Path(__file__).parent / "examples" / "rules.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def explained(text: str, *, published_at: datetime | None = NOON) -> list[Explained]:
    """Return every field of every fact of the story *text*, explained."""
    extraction = extract_facts(Story(text, published_at=published_at))
    return [field for fact in extraction.facts for field in explain_fact(text, extraction, fact)]


@pytest.mark.parametrize(("text", "field", "value", "reason"), EXAMPLES)
def test_each_field_names_its_rule(text: str, field: str, value: str, reason: str) -> None:
    """A field is shown with the rule that gave it, and with the printed words that set the rule off."""
    found = [one for one in explained(text) if (one.field, one.value) == (field, value)]

    assert found, f"no {field} {value}"
    assert any(reason in one.reasons for one in found), [one.reasons for one in found]


def test_the_examples_show_nearly_every_rule() -> None:
    """All rules have an example, but for those that a stronger sign beside them always outweighs."""
    shown = [reason for *_, reason in EXAMPLES]
    patterns = {rule: re.compile("(.*: )?" + re.escape(rule).replace(r"\{\}", ".*")) for rule in Rule}
    without = {rule.name for rule, pattern in patterns.items() if not any(map(pattern.fullmatch, shown))}

    assert without <= {"CLOCK_LEFT_OUT", "MONTH_NEAREST", "PERSON_OWNS", "SHORT_COMPANY"}


def test_a_clock_time_without_a_zone_says_that_it_is_left_out() -> None:
    """Where nothing tells the zone, the day alone is kept, and the reader learns why."""
    (date,) = [
        one for one in explained("It shut at 18:00 on 4 February 2026.", published_at=None) if one.field == "date"
    ]

    assert date.value.endswith("= 2026-02-04")
    assert date.reasons == ("printed with its year", "clock time left out, since no zone is known")


@given(st.lists(st.sampled_from(sorted({text for text, *_ in EXAMPLES})), max_size=4).map(" ".join))
def test_no_figure_date_or_speaker_without_a_reason(text: str) -> None:
    """Whatever the sentences stand beside, each of these fields says why."""
    for one in explained(text):
        if one.field not in {"person", "body", "place"}:
            assert one.reasons, one


def test_a_quotation_without_a_cue_is_not_printed_as_the_cue_before_was() -> None:
    """The "she" of the sentence before stands in that one, not in this."""
    speakers = [
        one for one in explained('Ada Lind came. "It sank," she said. "Nobody looked."') if one.field == "speaker"
    ]

    assert "printed as “she”" in speakers[1].reasons
    assert not [reason for reason in speakers[2].reasons if reason.startswith("printed")]


def test_a_lone_old_figure_is_not_called_old() -> None:
    """Without a new figure of its kind beside it, "from" makes no change."""
    found = {one.value: one.reasons for one in explained("Scorers rose to 45 points, up from 19 games.")}

    assert not [reason for reason in found["“19 games” = 19 games"] if "earlier" in reason]


# ---- wordings


def test_every_rule_is_named_by_the_code() -> None:
    """A wording that no finder gives is an orphan."""
    sources = "".join(p.read_text(encoding="utf-8") for p in FACTS.rglob("*.py") if p.name != "rules.py")

    assert {rule.name for rule in Rule} == set(re.findall(r"\bRule\.([A-Z_]+)\b", sources))


def test_no_two_rules_read_alike() -> None:
    """A wording tells which rule it was."""
    assert len({str(rule) for rule in Rule}) == len(list(Rule.__members__))


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the strings that *node* can be, what is filled in left out."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)


def _names(texts: Iterator[str]) -> set[str]:
    return {text.partition(": ")[0] for text in texts}


def _parsed(name: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse((FACTS / "speech" / name).read_text(encoding="utf-8"))))


def test_every_way_to_a_speaker_has_a_wording() -> None:
    """Also one that is added to the voices later."""
    files = ("labels.py", "voices.py", "sources.py", "cueless.py", "speakers.py", "main_voice.py", "releases.py")
    nodes = [node for file in files for node in _parsed(file)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    given_ = [call.args[1] for call in calls if call.func.id == "Voice"]
    given_ += [call.args[4] for call in calls if call.func.id == "Attribution"]
    given_ += [word.value for call in calls for word in call.keywords if word.arg == "rule"]
    given_ += [node.value for node in nodes if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "rule"]

    assert _names(text for node in given_ for text in _texts(node)) == set(SPOKEN["speaker"])


def test_every_way_to_a_status_has_a_wording() -> None:
    """Also one that is added to the rules of standing later."""
    nodes = [node for file in ("standing.py", "retreats.py", "denials.py", "cases.py") for node in _parsed(file)]
    pairs = [node.elts for node in nodes if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    named = [
        name for status, name in pairs if ast.unparse(status).startswith("Status.") or ast.unparse(status) == "status"
    ]

    assert _names(text for node in named for text in _texts(node)) == set(SPOKEN["status"])


def test_every_way_to_background_has_a_wording() -> None:
    """Also one that is added later."""
    (function,) = [n for n in _parsed("claims.py") if isinstance(n, ast.FunctionDef) and n.name == "_background_rule"]
    returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]

    assert _names(text for node in returned for text in _texts(node)) == set(SPOKEN["background"])


def test_every_mode_and_relation_has_a_wording() -> None:
    """Neither is left without words."""
    assert set(SPOKEN["mode"]) == {str(mode) for mode in Mode}
    assert set(rules.RELATIONS) == {str(type_) for type_ in RelationType}


def test_a_relation_shows_its_target_and_its_evidence() -> None:
    """What was held against what, and by which words."""
    found = explain_relation(RelationType.DENIES, "31: The ferry sank.", "“denied” against what the army said: ferry")

    wording = "what it denies stands there; evidence: “denied” against what the army said: ferry"
    assert found == Explained("denies", "31: The ferry sank.", (wording,))


@pytest.mark.parametrize(
    ("rule", "cue", "wording"),
    [
        ("withdraws: ~walk back -to|home", "walked back", "the verb withdraws or corrects: “walked back”"),
        ("withdraws: ~walk back -to|home", None, "the verb withdraws or corrects: “walk back”"),
        ("words: is|are expected to", None, "words of what is said, as the list has them: “is/are expected to”"),
    ],
)
def test_patterns_of_the_lexicons_are_made_legible(rule: str, cue: str | None, wording: str) -> None:
    """An editor sees words, not the marks in which the lists are written."""
    assert spoken("status", rule, cue=cue) == wording


def test_words_over_two_lines_are_shown_on_one() -> None:
    """A line break in the story breaks no line of the explanation."""
    assert str(Reason(Rule.MEASURE, "per\n  cent")) == "unit from the measure after it: “per cent”"
