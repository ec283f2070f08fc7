"""`ask`: one question, or JSON lines of them, answered from what is held."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from datetime import datetime

from handlers.commandline.printing import answer_text
from handlers.commandline.shapes import Shape, answer_shape, unasked_shape
from handlers.commandline.terminal import CommandError, Terminal, WrongUsage, told_fault
from handlers.explaining import explanation_text
from store.database.errors import StoreError
from store.database.store import Store
from store.intake.errors import RefusedError
from store.intake.jsonl import bounded_lines
from store.intake.values import parse_object, parse_time, text_field
from store.lookup.answering import answer
from store.lookup.model import Answer, Question, Reading

# Longer is a text that went to the wrong command. Lines of JSON are asked all the same: no slip of the hand made them.
MAX_QUESTION_CHARS = 1_000


def run(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """Answer; 1 when a line held no question."""
    if args.jsonl and args.question:
        raise WrongUsage("with --jsonl the questions are read from standard input: leave out --jsonl, or the words")
    return _answer_lines(args, store, terminal) if args.jsonl else _answer_one(args, store, terminal)


def _answer_one(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    text = " ".join(args.question).strip()
    if not text:
        raise WrongUsage('there is no question: write it after ask, such as: bot.py ask "how many refugees"')
    if len(text) > MAX_QUESTION_CHARS:
        raise CommandError(
            f"a question of {len(text):,} characters is too long (at most {MAX_QUESTION_CHARS:,}): "
            "ask in fewer words; 'bot.py ingest' stores a story"
        )
    asked = _question(text, args, args.now or terminal.now())
    began = time.perf_counter()
    found = _look_up(store, asked, None, explain=args.explain)
    if args.json:
        shape = answer_shape(found, key=None, ms=_ms_since(began), explain=args.explain)
        terminal.say(json.dumps(shape, ensure_ascii=False))
        return 0
    terminal.say(answer_text(found))
    if args.explain:
        terminal.say(explanation_text(found))
    return 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One line of `ask --jsonl`."""

    key: str | None
    text: str
    after: str | None
    now: datetime | None


def _answer_lines(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    readings: dict[str, Reading] = {}  # by question id, for the follow-ups that name it
    status = 0
    for number, raw in enumerate(bounded_lines(terminal.input), start=1):
        if not raw.strip():
            continue
        key = None
        try:
            given = parse_object(raw)
            key = text_field(given, "id")
            shape = _answer_line(_asked(given, key), args, store, terminal, readings)
        except RefusedError as refused:
            shape, status = unasked_shape(key, f"line {number}: {refused.why}"), 1
        except StoreError:
            raise
        except Exception as error:  # the top of the loop over questions
            shape, status = unasked_shape(key, f"line {number}: {told_fault(error)}"), 1
        terminal.json_line(shape)
    return status


def _answer_line(
    asked: _Asked, args: argparse.Namespace, store: Store, terminal: Terminal, readings: dict[str, Reading]
) -> Shape:
    """Answer one line, and note in *readings* how it was read."""
    question = _question(asked.text, args, asked.now or args.now or terminal.now())
    began = time.perf_counter()
    found = _look_up(store, question, readings.get(asked.after or ""), explain=args.explain)
    if asked.key:
        readings[asked.key] = found.reading
    return answer_shape(found, key=asked.key, ms=_ms_since(began), explain=args.explain)


def _asked(given: dict[str, object], key: str | None) -> _Asked:
    """Raises RefusedError: the line has no question."""
    text, now = text_field(given, "q"), text_field(given, "now")
    if text is None:
        raise RefusedError('has no "q"')
    return _Asked(key, text, text_field(given, "after"), parse_time(now) if now else None)


def _question(text: str, args: argparse.Namespace, now: datetime) -> Question:
    return Question(
        text=_whole_characters(text),
        now=now,
        limit=args.limit,
        outlet=args.outlet,
        speaker=args.speaker,
        since=args.since,
        until=args.until,
    )


def _whole_characters(text: str) -> str:
    """Put a question mark where half a character stands: a question is not kept, so it need not be refused for one."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _look_up(store: Store, question: Question, previous: Reading | None, *, explain: bool) -> Answer:
    return store.read(lambda db: answer(db, question, previous=previous, explain=explain))


def _ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
