"""`ingest` takes stories from lines, files, folders and standard input, and says what became of each."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

from handlers.commandline.ingesting import MAX_UNASKED
from tests.commandline.conftest import CROSSING, NEWER, Bot, newer, story


def test_one_line_a_story_in_order(bot: Bot) -> None:
    """Every line has exactly the fields of the contract, under the id that was given."""
    rows = bot.ingest(story(), newer()).rows

    assert [row["story"] for row in rows] == ["crossing", "newer"]
    assert rows[0] == {
        "story": "crossing", "state": "stored", "held_as": None, "facts": 3, "alerted": 3, "why": None,
    }  # fmt: skip


def test_the_same_again_is_known(bot: Bot) -> None:
    """Nothing is stored twice, whatever the id."""
    bot.ingest(story())

    same, renamed = bot.ingest(story(), story(id="again")).rows

    assert (same["state"], same["held_as"]) == ("known", None)
    assert (renamed["story"], renamed["state"], renamed["held_as"]) == ("again", "known", "crossing")
    assert len({row["story"] for row in bot("facts", "--jsonl").rows}) == 1


def test_the_same_again_fills_in_what_was_missing(bot: Bot, tmp_path: Path) -> None:
    """Once the date is there, days are read by it; nobody is alerted, and the denial of another is kept."""
    file = tmp_path / "a.txt"
    file.write_text("BELMOR (Wire) - Three gates of the dam were open on Friday, Anna Kovac said.", encoding="utf-8")
    bot("ingest", str(file))
    bot.ingest(story(id="denial", text="Director Tomas Reiss denied that three gates of the dam were open on Friday."))
    alerts = bot("alerts", "--jsonl").out

    dated = ("--published", "2026-03-07T09:00:00Z", "--url", "https://wire.example/a")
    again = bot("ingest", str(file), *dated)
    (answer,) = bot.ask("were gates of the dam open")

    assert again.out == f"{file}: revised, held as s1; filled in what was missing: link, date\n"
    assert again.err == ""
    best = answer["answers"][0]
    assert (best["story"]["outlet"], best["story"]["url"]) == ("Wire", "https://wire.example/a")
    assert [note["type"] for note in best["notes"]] == ["denied_by"]
    (fact,) = bot("facts", "--story", "s1", "--jsonl").rows
    assert fact["dates"] == [{"text": "Friday", "from": "2026-03-06", "to": "2026-03-06"}]
    assert bot("alerts", "--jsonl").out == alerts
    assert bot("ingest", str(file), *dated).out == f"{file}: known, held as s1; nothing was added\n"


def test_only_the_same_source_fills_in(bot: Bot) -> None:
    """What is held is never overwritten, another outlet's copy keeps its link to itself, and ids are the contract's."""
    text = "The bridge at Tolme is shut, the mayor said."
    bot.ingest({"id": "1", "text": text})
    added, other, changed = bot.ingest(
        {"id": "2", "text": text, "outlet": "Post"},
        {"id": "3", "text": text, "outlet": "Wire", "url": "https://wire.example/1"},
        {"id": "1", "text": text, "outlet": "Post", "title": "Shut", "published": "2026-03-07T09:00:00Z"},
    ).rows

    assert (added["story"], added["state"], added["held_as"], added["alerted"]) == ("2", "revised", "1", 0)
    assert (other["state"], other["held_as"]) == ("known", "1")
    assert (changed["story"], changed["state"], changed["held_as"]) == ("1", "revised", None)
    (answer,) = bot.ask("is the bridge at Tolme shut")
    assert answer["answers"][0]["story"] == {
        "id": "1", "title": "Shut", "outlet": "Post", "url": None, "published": "2026-03-07T09:00:00+00:00",
    }  # fmt: skip
    assert answer["held"]["stories"] == 1


def test_a_changed_text_is_revised(bot: Bot) -> None:
    """Another text under the same id replaces it; the sentences that stay are not told again."""
    bot.ingest(story())

    (row,) = bot.ingest(story(text=CROSSING + "\n\nThe bridge was closed at noon.")).rows

    assert (row["state"], row["alerted"]) == ("revised", 1)


def test_an_id_is_made(bot: Bot) -> None:
    """Without an id the story gets one that can be used."""
    (row,) = bot.ingest(story(id=None)).rows

    assert {fact["story"] for fact in bot("facts", "--jsonl", "--story", row["story"]).rows} == {row["story"]}


def test_bad_lines_do_not_hurt_good_ones(bot: Bot) -> None:
    """Order kept, the good ones stored, each refusal with its line and reason, status 1."""
    done = bot.ingest(
        story(), b'{"text": "half', story(id="dateless", published="2026-03-03T18:00:00"), newer(), status=1
    )

    assert [row["state"] for row in done.rows] == ["stored", "refused", "refused", "stored"]
    assert done.rows[1] == {
        "story": None, "state": "refused", "held_as": None, "facts": 0, "alerted": 0, "why": done.rows[1]["why"],
    }  # fmt: skip
    assert done.rows[1]["why"].startswith("line 2: not JSON")
    assert done.rows[2]["story"] == "dateless"
    assert "2 stories" in done.err  # those that are held now, not those that were tried
    assert "2 refused" in done.err
    assert "has no zone" in done.rows[2]["why"]
    assert {fact["story"] for fact in bot("facts", "--jsonl").rows} == {"crossing", "newer"}


def test_each_line_is_answered_as_soon_as_it_is_stored(bot: Bot) -> None:
    """A script can feed stories one by one and wait for each."""
    with bot.start("ingest", "--jsonl") as child:
        assert child.stdin is not None and child.stdout is not None
        for given in (story(), newer()):
            child.stdin.write(json.dumps(given).encode() + b"\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["story"] == given["id"]
            assert any(fact["story"] == given["id"] for fact in bot("facts", "--jsonl").rows)
        child.stdin.close()

        assert child.wait(timeout=30) == 0


def test_quiet_alerts_store_without_alerting(bot: Bot) -> None:
    """A first import tells nobody; the next story is compared with it."""
    (row,) = bot.ingest(story(), quiet=True).rows

    assert row["state"] == "stored"
    assert bot("alerts", "--jsonl").rows == []


def test_text_is_kept_to_the_character(bot: Bot) -> None:
    """Blanks, line ends, direction marks and markup characters are the story's, and facts point into it."""
    text = (
        "\t  BELMOR, March 3 (Wire) - \u201cNo\u00a0one\u201d was\u200b hurt <b>&amp;\r\n\r\n"
        "Two  \U0001f6a2 ferries sank off Dravik.  \n"
    )
    bot.ingest(story(text=text))

    rows = bot("facts", "--jsonl").rows

    assert rows
    assert all(row["text"] == text[row["start"] : row["end"]] for row in rows)


def test_a_file_with_options(bot: Bot, tmp_path: Path) -> None:
    """Options fill in what a plain text does not say; the answer is for people."""
    file = tmp_path / "a.txt"
    file.write_text(CROSSING, encoding="utf-8")

    done = bot(
        "ingest", str(file), "--published", "2026-03-03T18:00:00+01:00", "--title", "A title", "--url", "https://w.example/a"
    )  # fmt: skip

    assert done.out == f"{file}: stored as s1, 3 facts\n"
    (answer,) = bot.ask("how many people fled across the river", options=("--limit", "1"))
    assert answer["answers"][0]["story"] == {
        "id": "s1", "title": "A title", "outlet": "Wire", "url": "https://w.example/a",
        "published": "2026-03-03T18:00:00+01:00",
    }  # fmt: skip


def test_outlet_comes_from_the_dateline_unless_given(bot: Bot, tmp_path: Path) -> None:
    """The agency in the dateline vouches for a text that comes without an outlet."""
    file = tmp_path / "a.txt"
    file.write_text(CROSSING, encoding="utf-8")

    bot("ingest", str(file), "--outlet", "Another", given="")

    assert "Another" in bot("ask", "how many people fled").out


def test_a_folder_and_standard_input(bot: Bot, tmp_path: Path) -> None:
    """Folders are opened; - is standard input, and so is nothing."""
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "deeper" / "b.txt").write_text(NEWER, encoding="utf-8")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")

    folder = bot("ingest", str(tmp_path / "in"))
    dash = bot("ingest", "-", given=CROSSING)
    nothing = bot("ingest", given=CROSSING)

    assert folder.out.endswith("b.txt: stored as s1, 2 facts\n")
    assert dash.out.startswith("-: stored as s2, 3 facts")
    assert nothing.out == "-: known, held as s2; nothing was added\n"


def test_a_folder_says_what_it_left_out(bot: Bot, tmp_path: Path) -> None:
    """What is stored, and how much of what else there is; a folder without a text says the same."""
    (tmp_path / "in" / "pictures").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(CROSSING, encoding="utf-8")
    for name in ("1.png", "2.png"):
        (tmp_path / "in" / "pictures" / name).write_bytes(b"\x89PNG")
    folder = str(tmp_path / "in")

    assert f"{folder}: 1 file to store; left out: 2 of other kinds (.png)\n" in bot("ingest", folder).err
    assert bot("ingest", f"{folder}/pictures", status=1).err == (
        f"{folder}/pictures holds no .txt, .text or .md file; left out: 2 of other kinds (.png)\n"
    )


def test_a_slip_does_not_store_a_whole_disk(bot: Bot, tmp_path: Path) -> None:
    """The root, or a folder of thousands of texts, is only stored when that is said."""
    for number in range(MAX_UNASKED + 1):
        (tmp_path / f"{number}.txt").touch()

    assert bot("ingest", "/", status=1).err == ("/ is the whole disk: name the folder with the stories, or add --all\n")
    many = bot("ingest", str(tmp_path), status=1).err
    assert f"{tmp_path} holds more than 1,000 .txt, .text or .md files, such as {tmp_path}/" in many
    assert "nothing was stored: name the folder with the stories, or add --all" in many
    assert "1,001 refused" in bot("ingest", "--all", str(tmp_path), status=1).err  # they are empty


def test_old_encodings_are_read_and_told(bot: Bot, tmp_path: Path) -> None:
    """A file that is not UTF-8 is read by its looks, with a warning that says so."""
    file = tmp_path / "old.txt"
    file.write_bytes(
        "BELMOR, March 3 (Wire) - The caf\u00e9 owner, Ren\u00e9 Dupr\u00e9, left \u201cwith nothing\u201d.".encode(
            "cp1252"
        )
    )

    done = bot("ingest", str(file))

    assert "not UTF-8, read by its looks" in done.err
    assert "Ren\u00e9 Dupr\u00e9" in bot("facts").out


def test_an_address_is_told_apart(bot: Bot) -> None:
    """Pages are for a later version; the word says what to do until then."""
    done = bot("ingest", "https://wire.example/a", status=1)

    assert done.err.startswith("https://wire.example/a: pages are not fetched yet; save its text")
    assert not done.out


def test_team_chats_of_the_settings_get_what_is_ingested(bot: Bot) -> None:
    """Also before the bot has ever run; a later ingest without the setting takes nothing away."""
    with_team = Bot(bot.db, {"DATELINE_TEAM_CHATS": "-1001"})
    with_team.ingest(story())
    bot.ingest(newer())

    first, second = bot("alerts", "--jsonl").rows

    assert first["deliveries"] == second["deliveries"] == [{"chat": -1001, "state": "pending", "message_id": None}]
    assert first["state"] == "pending"


def test_two_at_once_lose_nothing(bot: Bot) -> None:
    """Two imports beside each other: every story is stored once."""
    texts = [
        f"BELMOR (Wire) - Boat number {n} carried {n + 2} families over the river at Dravik{n}." for n in range(30)
    ]
    halves = [texts[:20], texts[10:]]
    children = [bot.start("ingest", "--jsonl") for _ in halves]
    for child, half in zip(children, halves, strict=True):
        assert child.stdin is not None
        child.stdin.write(b"".join(json.dumps({"text": text}).encode() + b"\n" for text in half))
        child.stdin.flush()
    outs = [child.communicate(timeout=60) for child in children]

    assert [child.returncode for child in children] == [0, 0], outs
    facts = bot("facts", "--jsonl").rows
    assert sorted(fact["text"] for fact in facts) == sorted(text.split(" - ")[1] for text in texts)


def test_killed_in_the_middle_loses_and_doubles_nothing(bot: Bot) -> None:
    """kill -9 during an import, then the same import again: every story once, each whole."""
    stories = [
        {"id": f"n{n}", "text": f"BELMOR (Wire) - Ferry {n} sank off D{n}.\n\nIts crew of {n + 3} swam ashore."}
        for n in range(20)
    ]
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in stories)
    with bot.start("ingest", "--jsonl") as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(lines)
        child.stdin.flush()
        answered = [json.loads(child.stdout.readline())["story"] for _ in range(5)]
        child.kill()
        child.wait()
        child.stdin.close()

    kept = {fact["story"] for fact in bot("facts", "--jsonl").rows}
    again = bot("ingest", "--jsonl", given=lines).rows

    assert set(answered) <= kept
    assert [row["state"] for row in again] == ["known" if row["story"] in kept else "stored" for row in again]
    facts = bot("facts", "--jsonl").rows
    assert len(facts) == 2 * len(stories)
    assert len({(fact["story"], fact["start"]) for fact in facts}) == len(facts)
    assert bot("check").out.startswith("database: sound")


def test_a_reader_that_leaves_is_no_error_of_ours(bot: Bot) -> None:
    """`bot.py facts | head -1` ends without a word."""
    bot.ingest(*(story(id=f"n{n}", text=f"{CROSSING} {'x' * n}", title=None, url=None) for n in range(12)), quiet=True)
    child = subprocess.Popen(
        bot.command("facts", "--jsonl"), env=bot.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None and child.stderr is not None
    child.stdout.close()

    assert child.stderr.read() == b""
    assert child.wait(timeout=30) == 1
    child.stderr.close()


def test_texts_without_a_date_are_named_at_the_end(bot: Bot, tmp_path: Path) -> None:
    """What "yesterday" means in them is lost, which --published would have told; where a day is, nothing is said."""
    for name, what in zip("abcde", ("bridge", "school", "harbour", "market", "airport"), strict=True):
        (tmp_path / f"{name}.txt").write_text(f"Yesterday the {what} was shut by {len(what)} angry {what} hands.")
    (tmp_path / "dated.txt").write_text("Tolme, 3 March 2026 (Wire) - The ferry was sold, Ana Dalby said.")

    dated = bot("ingest", "--published", "2026-03-04T09:00:00Z", str(tmp_path / "a.txt"))
    others = bot("ingest", str(tmp_path))

    assert "without a date" not in dated.err
    named = ", ".join(str(tmp_path / f"{name}.txt") for name in "bcd")
    assert f"stored without a date: {named} and 1 more; " in others.err
    assert "--published 2026-" in others.err


def test_a_printed_date_is_one_of_the_desk_s_zone(bot: Bot) -> None:
    """So that "at 6 p.m." is not told as a time in London."""
    text = "BELMOR, March 6, 2026 (Wire) - The dam broke at 6 p.m. on Friday, Anna Kovac said."
    bot("ingest", "-", given=text, env={"DATELINE_ZONE": "Asia/Almaty"})

    (row,) = bot("facts", "--jsonl").rows

    assert row["dates"][0]["from"] == "2026-03-06T18:00:00+05:00"


def test_a_terminal_is_told_that_it_is_read(bot: Bot) -> None:
    """Without a source the command reads what is typed, and must not look as if it hung."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        bot.command("ingest"), env=bot.environment(), stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        os.close(theirs)
        os.write(ours, b"\x04")  # Ctrl-D, which waits in the line until it is read
        _, said = child.communicate(timeout=30)
    os.close(ours)

    assert said.startswith(b"Reading a story from this terminal: paste, and end with Ctrl-D on a line of its own.\n")
    assert "Reading" not in bot("ingest", given="The bridge at Tolme was shut, Ana Dalby said.").err
