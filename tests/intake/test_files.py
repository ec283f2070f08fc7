"""A file is read in whatever encoding it is in, or refused by name with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.intake.errors import RefusedError
from store.intake.files import MAX_FILE_BYTES, decode, read_file

ENGLISH = "DUSHANBE, July 28 - \u201cWe stay,\u201d the caf\u00e9\u2019s owner said \u2013 twice. Over 200 people left."
RUSSIAN = (
    "ДУШАНБЕ, 28 июля. Россия поставит Таджикистану оружие и обучит его военных, сообщил министр обороны в среду. "
    "Около тысячи солдат перешли границу, сказал представитель пограничной службы журналистам."
)
FRENCH = (
    "GENÈVE, 3 août - Près de 4 500 soldats ont été déployés à la frontière, a déclaré mardi le ministre. "
    "L'armée a démenti avoir ouvert le feu la première, après une nuit très agitée."
)
POLISH = (
    "WARSZAWA, 5 maja - Ponad 200 osób zginęło w powodzi, poinformował w środę rzecznik straży pożarnej. "
    "Świadkowie mówią, że woda przyszła w nocy."
)
CZECH = (
    "PRAHA, 5. května - Řeka se v noci vylila z břehů a tři lidé přišli o život, řekl ve středu mluvčí hasičů. "
    "Škody jsou podle úřadů vysoké."
)
TURKISH = (
    "ANKARA, 5 Mayıs - Şiddetli yağışın ardından üç kişi öldü, İçişleri Bakanı çarşamba günü açıkladı. "
    "Köylüler yüksek yerlere sığındı."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, "One line.\r\n\r\nAnother, with a tab\tand an emoji 🚢.\n"])
def test_unicode_in_any_form(encoding: str, text: str) -> None:
    """Byte order marks are taken off; line ends and blanks stay as they are."""
    assert decode(text.encode(encoding), name="x.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
    ],
)
def test_old_encodings_are_told(text: str, encoding: str) -> None:
    """Text in an encoding of the nineties comes out right."""
    assert decode(text.encode(encoding), name="x.txt") == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04...", "Word"),
        (b"\x89PNG\r\n", "picture"),
        (b"words\0and more words", "control bytes"),
        (bytes(range(256)) * 8, "control bytes"),
        (b"x" * (MAX_FILE_BYTES + 1), "more than any story"),
        (b"\xff\xfe\x00\xd8a\x00", "broken at byte"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw: bytes, expected: str) -> None:
    """The name, what it is, and what to do."""
    with pytest.raises(RefusedError) as caught:
        decode(raw, name="folder/x.txt")

    assert str(caught.value).startswith("folder/x.txt: ")
    assert expected in str(caught.value)


def test_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    """A slip in a file name gives a word, not a traceback."""
    with pytest.raises(RefusedError, match=r"none\.txt: cannot be read: No such file"):
        read_file(tmp_path / "none.txt")


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    """A dump of gigabytes is not read into memory to find out."""
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(50 * MAX_FILE_BYTES)

    with pytest.raises(RefusedError, match="more than any story"):
        read_file(path)


def test_a_device_without_an_end_is_refused() -> None:
    """What tells no size is read no further than a story may be long."""
    with pytest.raises(RefusedError, match="more than any story"):
        read_file(Path("/dev/zero"))


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_word(raw: bytes) -> None:
    """Nothing but a text or a refusal comes out, and a text can be stored."""
    try:
        text = decode(raw, name="x")
    except RefusedError as refused:
        assert refused.why
    else:
        assert text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_utf_8_is_kept_to_the_character(text: str) -> None:
    """What was written is what is stored."""
    raw = text.encode("utf-8")

    if not raw.startswith((b"\xef\xbb\xbf", b"GIF8", b"%PDF-", b"{\\rtf")) and raw.strip():
        assert decode(raw, name="x") == text
