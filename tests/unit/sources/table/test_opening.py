"""Opening a file by its bytes, whatever it is called."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.sources.opening import open_text, open_workbook, read_sheet


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Het bestand is leeg."),
        (b"\xef\xbb\xbf \r\n", "Het bestand is leeg."),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<!DOCTYPE html><html>", "webpagina"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"code\x00waarde", "geen tekst"),
        (b"PK\x03\x04abc", "Excelbestand of een ingepakt bestand"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FaultsFound, match=sentence) as refused:
        open_text(data, file="cijfers.csv")
    assert len(refused.value.complaints) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found_in_the_bytes(encoding: str) -> None:
    opened = open_text("gemeente;% braderieën\nSúdwest-Fryslân;7".encode(encoding), file="x.csv")
    assert opened.text == "gemeente;% braderieën\nSúdwest-Fryslân;7"
    assert opened.complaints == ()


def test_two_encodings_in_one_file_are_read_line_by_line_and_complained_of() -> None:
    data = "naam\nZuiderzeebuurt é\n".encode() + "Café\n".encode("cp1252")
    opened = open_text(data, file="x.csv")
    assert opened.text.splitlines() == ["naam", "Zuiderzeebuurt é", "Café"]
    (complaint,) = opened.complaints
    assert (complaint.place, complaint.found) == ("rij 3", "Café")


def test_text_that_was_turned_into_utf8_twice_is_complained_of() -> None:
    twice = "naam\nCuraçao\n".encode().decode("cp1252").encode()
    (complaint,) = open_text(twice, file="x.csv").complaints
    assert (complaint.place, complaint.found) == ("rij 2", "CuraÃ§ao")
    assert open_text("naam\nCuraçao\n".encode(), file="x.csv").complaints == ()


def test_a_locked_workbook_is_refused_as_locked() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(FaultsFound, match="wachtwoord"):
        open_workbook(locked, file="cijfers.xlsx")


def test_a_cut_off_workbook_is_refused_as_damaged(workbook: Callable[..., bytes]) -> None:
    whole = workbook([["code", "w"], ["GM0599", 1.0]])
    for length in (5, 100, len(whole) // 2, len(whole) - 30):
        with pytest.raises(FaultsFound, match="beschadigd"):
            read_sheet(open_workbook(whole[:length], file="x.xlsx"), file="x.xlsx")


def test_text_that_is_called_a_workbook_is_refused() -> None:
    with pytest.raises(FaultsFound, match="geen Excelbestand"):
        open_workbook(b"code;w\nGM0599;1\n", file="cijfers.xlsx")


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(workbook: Callable[..., bytes]) -> None:
    reader = open_workbook(workbook([["a"], ["b"]]), file="x.xlsx")
    with pytest.raises(FaultsFound, match="De werkbladen zijn: Blad1"):
        read_sheet(reader, file="x.xlsx", sheet="Cijfers")


def test_a_text_after_a_thousand_numbers_is_not_lost(workbook: Callable[..., bytes]) -> None:
    reader = open_workbook(workbook([[1.5]] * 1500 + [["geheim"]]), file="x.xlsx")
    assert read_sheet(reader, file="x.xlsx")["c0"][-1] == "geheim"


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_any_utf8_text_comes_out_as_it_went_in(text: str) -> None:
    try:
        opened = open_text(("kop\n" + text).encode(), file="x.csv")
    except FaultsFound:
        assert text.lstrip().lower().startswith("<") or not text.strip()
    else:
        assert opened.text == "kop\n" + text


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_opening(data: bytes) -> None:
    for opening in (open_text, open_workbook):
        try:
            opening(data, file="x")
        except FaultsFound as refused:
            assert refused.complaints[0].sentence.endswith(".")
