"""What a file may be: hostile ones are refused with a sentence, and what is taken tells of nobody and runs nothing."""

import io
import zipfile

import pytest
from docx import Document

from sent_files import (
    OFFICE,
    SECRET,
    archive,
    document,
    linked,
    opendocument,
    parts_of,
    picture,
    refused,
    told_of,
    with_part,
    workbook,
)
from wijkpeil.web.programmes.attachments import zips
from wijkpeil.web.programmes.attachments.apart import clean_apart
from wijkpeil.web.programmes.attachments.cleaning import clean
from wijkpeil.web.programmes.attachments.names import served, shown
from wijkpeil.web.programmes.attachments.types import (
    CSV,
    DOCX,
    JPEG,
    MOST_BYTES,
    ODT,
    TEXT,
    XLSX,
    RefusedFileError,
)


class TestDocumentsOfWord:
    """They are packed anew from the parts that are known."""

    def test_a_document_stays_a_document_and_tells_of_nobody(self):
        cleaned = clean(document(), "kwaad.exe")
        assert cleaned.format is DOCX
        assert Document(io.BytesIO(cleaned.content)).paragraphs[0].text == "Veertig woningen"
        members = parts_of(cleaned.content)
        assert not any(SECRET in part for part in members.values())
        assert not any(name.startswith(("docProps", "customXml")) for name in members)

    def test_names_folders_and_printers_in_parts_are_gone(self):
        settings = with_part(
            document(), "word/settings.xml", old=b"</w:settings>", new=b'<w:attachedTemplate r:id="rIdX"/></w:settings>'
        )
        members = parts_of(settings)
        target = 'Target="http://kwaad.example/Canarie.dotm" TargetMode="External"'
        members["word/_rels/settings.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rIdX" Type="{OFFICE}/attachedTemplate" {target}/></Relationships>'
        ).encode()
        cleaned = parts_of(clean(archive(members), "x").content)
        assert not any(SECRET in part or b"attachedTemplate" in part for part in cleaned.values())

    @pytest.mark.parametrize(
        ("kind", "target", "mode", "says"),
        [
            ("vbaProject", "vbaProject.bin", "", "macro"),
            ("oleObject", "embeddings/o.bin", "", "mag"),
            ("package", "embeddings/o.xlsx", "", "mag"),
            ("control", "activeX/a.xml", "", "mag"),
            ("aFChunk", "x.html", "", "mag"),
            ("image", "http://kwaad.example/p.png", 'TargetMode="External"', "van buiten"),
            ("oleObject", "file:///c:/x", 'TargetMode="External"', "van buiten"),
            ("hyperlink", "file://server/map", 'TargetMode="External"', "van buiten"),
            ("hyperlink", "javascript:alert(1)", 'TargetMode="external"', "van buiten"),
            ("comments", "comments.xml", "", "opmerkingen"),
        ],
    )
    def test_a_part_that_leads_to_what_may_not_be_there_is_refused(self, kind, target, mode, says):
        refused(linked(document(), "word/_rels/document.xml.rels", kind, target, mode), says)

    def test_a_link_to_a_website_stays(self):
        at = "https://voorbeeld.example/"
        made = linked(document(), "word/_rels/document.xml.rels", "hyperlink", at, 'TargetMode="External"')
        assert at.encode() in parts_of(clean(made, "x").content)["word/_rels/document.xml.rels"]

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ('<w:p><w:ins w:author="C" w:id="1"><w:r/></w:ins></w:p>', "bijgehouden wijzigingen"),
            ('<w:p><w:pPr><w:pPrChange w:id="1" w:author="C"/></w:pPr></w:p>', "bijgehouden wijzigingen"),
            ("<w:p><w:r><w:object/></w:r></w:p>", "ander bestand"),
            ('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\cmd"/></w:p>', "veld"),
            (
                "<w:p><w:r><w:fldChar/><w:instrText> INCLUDE</w:instrText>"
                "<w:instrText>PICTURE x</w:instrText></w:r></w:p>",
                "veld",
            ),
        ],
    )
    def test_a_text_that_still_changes_or_fetches_something_is_refused(self, body, says):
        made = with_part(document(), "word/document.xml", old=b"<w:body>", new=f"<w:body>{body}".encode())
        refused(made, says)

    def test_a_field_that_only_links_is_not_mistaken_for_one_that_fetches(self):
        field = b'<w:body><w:p><w:fldSimple w:instr="HYPERLINK &quot;https://x.example/LINK&quot;"/></w:p>'
        assert clean(with_part(document(), "word/document.xml", old=b"<w:body>", new=field), "x").format is DOCX

    def test_macros_entities_and_pictures_that_are_none_are_refused(self):
        types = parts_of(document())["[Content_Types].xml"]
        main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        enabled = types.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
        refused(with_part(document(), "[Content_Types].xml", enabled), "macro")
        refused(with_part(document(), "word/vbaProject.bin", b"x"), "macro")
        bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        refused(with_part(document(), "word/document.xml", bomb), "niet te lezen")
        refused(with_part(document(), "word/document.xml", "<a/>".encode("utf-16")), "niet te lezen")
        name = next(one for one in parts_of(document()) if one.startswith("word/media/"))
        refused(with_part(document(), name, b"<svg onload='x'/>"), "afbeelding")


class TestWorkbooks:
    """Of Excel."""

    def test_a_workbook_stays_one_and_tells_of_nobody(self):
        cleaned = clean(workbook(), "x")
        assert cleaned.format is XLSX
        members = parts_of(cleaned.content)
        assert b"40" in members["xl/worksheets/sheet1.xml"]
        assert not any(SECRET in part for part in members.values())

    def test_the_folder_and_the_printer_of_a_workbook_are_gone(self):
        folder = b'<x15ac:absPath xmlns:x15ac="urn:x" url="C:\\Users\\Canarie\\"/></workbook>'
        made = with_part(workbook(), "xl/workbook.xml", old=b"</workbook>", new=folder)
        assert not any(SECRET in part for part in parts_of(clean(made, "x").content).values())

    @pytest.mark.parametrize(
        ("fill", "says"),
        [
            (lambda made: made.add_worksheet().write_formula("A1", '=WEBSERVICE("http://k")'), "formule"),
            (lambda made: made.add_worksheet().write_formula("A1", "=cmd|'/c calc'!A1"), "formule"),
            (lambda made: made.add_worksheet().write_comment("A1", "Canarie"), "opmerkingen"),
            (lambda made: (made.add_worksheet(), made.add_worksheet("geheim").hide()), "verborgen"),
        ],
    )
    def test_what_fetches_or_hides_something_is_refused(self, fill, says):
        refused(workbook(fill), says)

    def test_a_text_with_a_bar_is_no_formula(self):
        assert clean(workbook(lambda made: made.add_worksheet().write("A1", "a|b")), "x").format is XLSX
        safe = workbook(lambda made: made.add_worksheet().write_formula("A1", '=SUM(B1)&"a|b"'))
        assert clean(safe, "x").format is XLSX


class TestOpenDocuments:
    """Of LibreOffice and others."""

    def test_a_document_stays_one_and_tells_of_nobody(self):
        cleaned = clean(opendocument(), "x")
        members = parts_of(cleaned.content)
        assert cleaned.format is ODT
        assert next(iter(members)) == "mimetype"
        assert cleaned.content[30:38] == b"mimetype"
        assert b"Veertig woningen" in members["content.xml"]
        assert not any(SECRET in part for part in members.values())

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ("<office:annotation/>", "opmerkingen"),
            ("<text:changed-region/>", "bijgehouden wijzigingen"),
            ("<script:event-listener/>", "macro"),
            ('<draw:object xlink:href="./Object 1"/>', "ander bestand"),
            ('<draw:image xlink:href="http://kwaad.example/x.png"/>', "van buiten"),
            ('<text:a xlink:href="javascript:alert(1)"/>', "van buiten"),
            ('<text:a xlink:href="vnd.sun.star.script:x"/>', "van buiten"),
        ],
    )
    def test_what_runs_or_reaches_outside_is_refused(self, body, says):
        refused(opendocument(body), says)

    def test_a_link_to_a_website_stays(self):
        assert clean(opendocument('<text:a xlink:href="https://voorbeeld.example/"/>'), "x").format is ODT

    def test_a_part_that_is_not_known_and_a_password_are_refused(self):
        refused(opendocument(**{"Basic/Standard/Module1.xml": "x"}), "mag")
        refused(opendocument(**{"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "wachtwoord")


class TestWhatIsPacked:
    """Documents are folders in one file."""

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        assert zips.MOST_UNPACKED == 100_000_000
        refused(archive({"[Content_Types].xml": b"\0" * 101_000_000}), "uitpakken te groot")
        refused(archive({"[Content_Types].xml": b"\0" * 30_000_000}), "uitpakken te groot")
        refused(archive(dict.fromkeys(map(str, range(2_001)), b"")), "uitpakken te groot")

    @pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a\\b", "c:x"])
    def test_a_part_that_lies_outside_is_refused(self, name):
        refused(archive({"[Content_Types].xml": b"", name: b""}), "te openen")

    def test_parts_of_one_name_a_password_and_any_other_archive_are_refused(self):
        refused(archive({"word/a.xml": b"1", "word/A.xml": b"2"}), "te openen")
        locked = bytearray(archive({"a": b"1"}, zipfile.ZIP_STORED))
        locked[6] |= 1
        locked[locked.index(b"PK\x01\x02") + 8] |= 1
        refused(bytes(locked), "wachtwoord")
        refused(archive({"x.html": b"<script>"}), "zip")
        refused(b"PK\x03\x04kapot", "te openen")
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "oud of beveiligd")


class TestTexts:
    """Plain text and tables."""

    def test_the_name_chooses_only_between_text_and_a_table(self):
        assert clean("Één regel\n".encode(), "notulen.exe").format is TEXT
        assert clean(b"a;b\r\n1;2\r\n", "lijst.CSV").format is CSV

    def test_cells_that_would_run_are_made_inert_and_numbers_are_not(self):
        sent = b'naam;bedrag\n=1+1;-5\n+31 6 1;+12,5\n@som;-a\n  =HYPERLINK("x");10%\n"-2";\'x\n'
        rows = clean(sent, "x.csv").content.decode().split("\r\n")
        assert rows[:5] == ["naam;bedrag", "'=1+1;-5", "+31 6 1;+12,5", "'@som;'-a", '"\'  =HYPERLINK(""x"")";10%']

    @pytest.mark.parametrize(
        "content",
        [
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"\xef\xbb\xbf \n<!DOCTYPE html><script>",
            b"<?xml version='1.0'?><x/>",
            b"#!/bin/sh\nrm",
            b"{\\rtf1 x}",
            b"GIF89a/*x*/=1",
            b"%!PS-Adobe",
            b"MZ\x90\x00",
            b"\x7fELF",
            "tekst".encode("utf-16"),
            b"caf\xe9",
            b"a\x00b",
            b"a\x1bb",
            b"  \n ",
            b"",
        ],
    )
    def test_what_passes_for_text_and_is_more_is_refused(self, content):
        with pytest.raises(RefusedFileError):
            clean(content, "notulen.txt")


class TestNames:
    """What a file is called."""

    def test_a_name_is_shown_as_typed_without_folders_and_signs_that_nobody_sees(self):
        assert shown("C:\\Users\\Jan\\Notulen é.pdf") == "Notulen é.pdf"
        assert shown("../../etc/passwd") == "passwd"
        assert shown("foto\u202egpj.exe\x00\n") == "fotogpj.exe"
        assert shown("\u200b") == "bijlage"
        assert len(shown("a" * 5000)) == 200

    @pytest.mark.parametrize(
        ("typed", "given"),
        [
            ("Notulen é.exe", "Notulen é.pdf"),
            ("kwaad.pdf.html", "kwaad-pdf.pdf"),
            ('a"; filename="b.exe', "a- filename-b.pdf"),
            ("\r\nSet-Cookie: x", "Set-Cookie- x.pdf"),
            ("CON.txt", "bijlage.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("<script>.pdf", "script.pdf"),
            ("a" * 500, "a" * 80 + ".pdf"),
        ],
    )
    def test_a_name_is_given_out_safely_with_the_ending_of_what_it_is(self, typed, given):
        assert served(typed, "pdf") == given


class TestApart:
    """A process of its own does the work."""

    def test_it_gives_the_same_file_and_the_same_refusal(self):
        sent = picture(exif=told_of())
        assert clean_apart(sent, "x\ny") == clean(sent, "x")
        with pytest.raises(RefusedFileError, match="zip"):
            clean_apart(archive({"a": b"1"}), "x")

    def test_what_breaks_or_takes_too_long_there_is_refused_here(self, monkeypatch):
        monkeypatch.setattr("wijkpeil.web.programmes.attachments.apart._CODE", "import os; os.abort()")
        with pytest.raises(RefusedFileError, match="niet te verwerken"):
            clean_apart(b"x", "x")
        monkeypatch.setattr("wijkpeil.web.programmes.attachments.apart._CODE", "import time; time.sleep(60)")
        monkeypatch.setattr("wijkpeil.web.programmes.attachments.apart.LONGEST", 0.2)
        with pytest.raises(RefusedFileError, match="niet te verwerken"):
            clean_apart(b"x", "x")

    def test_the_largest_picture_is_drawn_within_its_memory(self):
        sent = picture("PNG", (8000, 5000))
        assert clean_apart(sent, "x").format.ending == "png"
        with pytest.raises(RefusedFileError, match="te groot"):
            clean(b"x" * (MOST_BYTES + 1), "x")
        assert JPEG.ending == "jpg"
