"""The tables and charts of a document as files of their own."""

import csv
import hashlib
import json
import zipfile
from io import BytesIO, StringIO

import pytest
from PIL import Image

from renderings import drawn, everything
from wijkpeil.reports.complete import complete
from wijkpeil.reports.document import Figure, Table, plain
from wijkpeil.reports.parts import charts_zip, table_csv, tables_zip
from wijkpeil.reports.photo import photo
from wijkpeil.reports.state import Picture


def opened(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def rows_of(text):
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def table_of(*cells, language="nl", paper):
    table = Table(
        id="t",
        caption=plain("t"),
        headers=("wat", "waarde"),
        rows=tuple(((plain("x"),), (plain(one),)) for one in cells),
    )
    return rows_of(table_csv(complete(paper(table, language=language)), table))


def test_a_table_is_named_by_its_number_and_told_in_the_list(paper):
    files = opened(tables_zip(paper(*everything())))
    assert list(files) == ["manifest.json", "tabellen/tabel-001-standen.csv"]
    (told,) = json.loads(files["manifest.json"])["files"]
    content = files[told["file"]]
    assert (told["number"], told["caption"], told["notes"]) == (1, "De stand woord", ["Noot woord"])
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert rows_of(content.decode())[0] == ["Thema", "Waarde woord", "Waarde woord [getal]"]
    assert rows_of(content.decode())[1] == ["Wonen / woord", "1.234,5%", "1234.5"]


@pytest.mark.parametrize(
    ("language", "shown", "number"),
    [
        ("nl", "1.234,5%", "1234.5"),
        ("nl", "−3,2 pp", "-3.2"),
        ("nl", "1.250", "1250"),
        ("nl", "1,250", "1.250"),
        ("nl", "€ 12.000", "12000"),
        ("en", "1,234.5%", "1234.5"),
        ("en", "1.250", "1.250"),
        ("en", "1,250", "1250"),
        ("nl", "2024", "2024"),
    ],
)
def test_a_number_that_stands_alone_is_also_there_as_a_machine_writes_it(paper, language, shown, number):
    assert table_of(shown, language=language, paper=paper)[1][1:] == [shown if shown[0] != "-" else f"'{shown}", number]


@pytest.mark.parametrize(
    "shown", ["5,5% (4,4–6,9)", "1 jan 2024", "niet te zeggen", "1.2.3", "12.34", "1,2,3", "", "5 of 6"]
)
def test_what_is_no_number_alone_gets_none(paper, shown):
    assert table_of(shown, paper=paper)[0] == ["wat", "waarde"]


@pytest.mark.parametrize("shown", ["=1+1", "+cmd", "@som", "-1+1", " =x", "＝1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(paper, shown):
    assert table_of(shown, paper=paper)[1][1] == f"'{shown}"


def test_a_chart_is_there_as_a_drawing_and_in_points_of_its_own_size(paper):
    files = opened(charts_zip(paper(*everything())))
    assert list(files)[1:] == [
        "figuren/figuur-zonder-nummer-001-vierkant.svg",
        "figuren/figuur-zonder-nummer-001-vierkant.png",
        "figuren/figuur-001-beeld.svg",
        "figuren/figuur-001-beeld.png",
    ]
    assert b"<script" not in files["figuren/figuur-001-beeld.svg"]
    with Image.open(BytesIO(files["figuren/figuur-001-beeld.png"])) as points:
        assert points.size == (360, 120)
        assert points.convert("RGB").getpixel((10, 60)) == (10, 79, 143)
        assert points.convert("RGB").getpixel((300, 60)) == (255, 255, 255)
    told = json.loads(files["manifest.json"])["files"]
    assert told[-1]["description"] == "Beschreven woord"


def test_a_photo_is_no_chart(paper):
    made = BytesIO()
    Image.new("RGB", (4, 3), "red").save(made, "PNG")
    content = made.getvalue()
    name = hashlib.sha256(content).hexdigest()
    shown = photo(Picture(sha256=name, alt="Een foto", media_type="image/png"), {name: content}, place="1")
    files = opened(charts_zip(paper(shown, Figure(picture=drawn(), alt="Een beeld"))))
    assert len(files) == 3


def test_no_charts_give_a_package_with_an_empty_list(paper):
    assert json.loads(opened(charts_zip(paper()))["manifest.json"])["files"] == []
