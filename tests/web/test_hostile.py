"""Whatever is asked, and whatever happens to the shelf: words or a problem, never another edition's figure."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import pytest
from django.test import Client, override_settings

from wijkpeil.publication import Shelf

START = "/editie/voorbeeld"
AREA = f"{START}/gebied/WK900103"
WELL = {200, 301, 302, 304}
REFUSED = {400, 404, 405, 406, 410, 414, 503}
ODD = {
    "right to left": "\u202eדרבנהרוש‏",
    "combining": "e" + "\u0301" * 300,
    "zero width": "a\u200b\u200d\ufeffb",
    "nul": "haven\x00wijk",
    "control": "\x01\x02\x1b[31m",
    "astral": "🏘️" * 50,
    "dotless": "İıſK",
    "markup": "<script>alert(1)</script>",
    "quotes": "'\"--; DROP TABLE edities",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "format": "%s %d {0} {name} %(x)s",
    "pattern": "(a+)+$[",
    "long": "x" * 5000,
    "path": "../../../../etc/passwd",
    "blank": " \t\u00a0\u2003",
}


def is_plain(answer: Any) -> bool:
    """Say whether an answer is one that a reader may get: words, in the form that was asked for, and no trace."""
    said = answer.content.decode() if answer.content else ""
    if "Traceback" in said or 'File "' in said or "site-packages" in said:
        return False
    if answer.status_code in WELL:
        return True
    if answer.status_code not in REFUSED:
        return False
    if answer.wsgi_request.path.startswith("/api/"):
        told = json.loads(said)
        return answer.headers["Content-Type"] == "application/problem+json" and told["status"] == answer.status_code
    return "<h1" in said and answer.headers["Content-Type"].startswith("text/html")


@pytest.fixture
def quiet_client(client: Client) -> Client:
    """A client to which a fault is an answer, as it is to a reader."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "path",
    [
        "{start}/zoek?q={odd}",
        "/en{start}/zoek?q={odd}",
        "{start}/gebied/{odd}",
        "{start}/gebied/WK900103/{odd}",
        "{start}/gebied/WK900103?vergelijking={odd}&periode={odd}",
        "{start}/vergelijk?gebied={odd}&gebied=WK900103",
        "{start}/eigen-gebied?gebied={odd}",
        "{start}/indicator/{odd}",
        "{start}/indicator/bijstand?niveau={odd}&gemeente={odd}&periode={odd}&vergelijking={odd}",
        "{start}/programma/{odd}",
        "{start}/programma/{odd}/overzicht",
        "{start}/programma/{odd}/kwadrant?indicator={odd}",
        "{start}/kaart?indicator={odd}&niveau={odd}&periode={odd}",
        "/editie/{odd}",
        "/editie/{odd}/gebied/WK900103",
        "/methoden/{odd}",
        "/handboek/{odd}",
        "/api/v1/gebieden/{odd}",
        "/api/v1/gebieden/{odd}/cijfers",
        "/api/v1/gebieden?zoek={odd}",
        "/api/v1/gebieden?editie={odd}",
        "/api/v1/gebieden/WK900103/cijfers?thema={odd}&indicator={odd}",
        "/api/v1/indicatoren/{odd}/cijfers",
        "/api/v1/programmas/{odd}/oordelen",
        "/api/v1/kaart/collections/{odd}/items?bbox={odd}",
        "/api/v1/edities/{odd}",
        "/static/{odd}",
        "/{odd}",
    ],
)
def test_odd_words_get_a_plain_answer_wherever_they_stand(quiet_client, path, odd):
    assert is_plain(quiet_client.get(path.format(start=START, odd=quote(odd, safe=""))))


@pytest.mark.parametrize("broken", ["%ff%fe", "%ed%a0%80", "%c0%ae%c0%ae%c0%af", "%", "%zz", "%00", "%e2%82"])
@pytest.mark.parametrize(
    "path", [f"{START}/zoek?q=", f"{START}/gebied/", "/editie/", "/api/v1/gebieden/", "/api/v1/gebieden?zoek=", "/"]
)
def test_bytes_that_are_no_text_get_a_plain_answer(quiet_client, path, broken):
    assert is_plain(quiet_client.get(f"{path}{broken}"))


@pytest.mark.parametrize(
    "climb",
    [
        "..",
        "%2e%2e",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e%2f%2e%2e",
        "..%5c..",
        "%252e%252e%252f",
        ".%00",
        ".slot",
        ".",
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/editie/{}",
        "/editie/{}/gebied/WK900103",
        "/editie/voorbeeld/{}",
        "/api/v1/edities/{}",
        "/api/v1/gebieden?editie={}",
        "/static/{}",
        "/methoden/{}",
        "/handboek/{}",
        "/editie/voorbeeld/download/{}",
    ],
)
def test_no_name_climbs_out_of_the_shelf(quiet_client, path, climb):
    answer = quiet_client.get(path.format(climb))
    assert is_plain(answer)
    assert b"root:" not in answer.content
    if not path.startswith(("/static", "/editie/voorbeeld")):
        assert answer.status_code in REFUSED


@pytest.mark.parametrize("beside", ["vergelijk", "eigen-gebied"])
def test_a_thousand_areas_at_once_are_refused_in_words(quiet_client, example_shelf, beside):
    codes = Shelf(example_shelf).open("voorbeeld").areas.filter(pl.col("level") == "wijk")["code"].to_list()
    thousand = (codes * (1000 // len(codes) + 1))[:1000]
    for query in ("&".join(f"gebied={code}" for code in thousand), f"gebied={','.join(thousand)}"):
        answer = quiet_client.get(f"{START}/{beside}?{query}")
        assert is_plain(answer)
        assert len(answer.content) < 2_000_000


@pytest.mark.parametrize(
    "header", ["", ";", "*", "text/html;q=x", "a/b" * 3000, "\xff\xfe", ",,,,", "*/*;q=0", "text/html;level"]
)
@pytest.mark.parametrize("path", [AREA, "/api/v1/gebieden?paginaGrootte=1", "/api/v1/gebieden/WK900103", "/nergens"])
def test_headers_that_cannot_be_read_do_no_harm(quiet_client, path, header):
    for name in (
        "accept",
        "accept-language",
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
        "range",
        "cookie",
    ):
        assert is_plain(quiet_client.get(path, headers={name: header})), name


@pytest.mark.parametrize("host", ["kwaad.example", "", "local host", "localhost@kwaad.example", "[::1", "a" * 300])
@pytest.mark.parametrize("path", [AREA, "/api/v1/gebieden", "/", "/nergens"])
def test_another_host_gets_nothing_that_names_it(quiet_client, path, host):
    answer = quiet_client.get(path, headers={"host": host})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert is_plain(answer)
    assert "kwaad.example" not in said
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    [
        "periode=1e9",
        "periode=-1",
        "periode=2016.5",
        "periode=99999999999999999999",
        "periode=NaN",
        "pagina=∞",
        "niveau=straat",
        "vergelijking=niets",
        "gemeente=GM0000",
        "periode=2016&periode=2012",
        "x" * 1000,
        "&&&==&",
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        AREA,
        f"{AREA}/wonen",
        f"{START}/indicator/bijstand",
        f"{START}/kaart",
        f"{START}/programma/wijkaanpak/overzicht",
        f"{START}/programma/wijkaanpak/kwadrant",
        f"{START}/vergelijk",
        "/api/v1/gebieden/WK900103/cijfers",
    ],
)
def test_a_question_out_of_range_is_worded(quiet_client, path, query):
    assert is_plain(quiet_client.get(f"{path}?{query}"))


class TestAShelfInTrouble:
    """What happens to the files while readers come."""

    @pytest.fixture
    def shelf(self, tmp_path: Path, example_shelf: Path) -> Path:
        shutil.copytree(example_shelf / "voorbeeld", tmp_path / "voorbeeld")
        shutil.copytree(example_shelf / "voorbeeld", tmp_path / "2026-10")
        manifest = next(path for path in (tmp_path / "2026-10").glob("*.json") if "made_on" in path.read_text())
        said = {**json.loads(manifest.read_text(encoding="utf-8")), "id": "2026-10", "made_on": "2026-10-01"}
        manifest.write_text(json.dumps(said), encoding="utf-8")
        return tmp_path

    @pytest.fixture
    def reader(self, shelf: Path) -> Iterator[Client]:
        with override_settings(SHELF=shelf, MEMORY=64_000_000):
            yield Client(headers={"host": "localhost"}, raise_request_exception=False)

    @pytest.fixture
    def flip(self, shelf: Path) -> Callable[[str], None]:
        def flip_a_byte(pattern: str) -> None:
            files = sorted((shelf / "voorbeeld").glob(pattern))
            assert files, pattern
            for file in files:
                content = bytearray(file.read_bytes())
                content[len(content) // 2] ^= 0xFF
                file.write_bytes(bytes(content))

        return flip_a_byte

    @pytest.mark.parametrize("pattern", ["by_city/*.parquet", "areas.parquet", "beleid/*.toml", "**/*.parquet"])
    @pytest.mark.parametrize("was_read", [False, True], ids=["at the start", "while serving"])
    def test_one_wrong_byte_and_no_figure_is_shown(self, reader, flip, pattern, was_read):
        if was_read and not pattern.startswith("by_city"):
            pytest.skip("What was read whole stays in memory as it was.")
        if was_read:
            assert reader.get(f"{AREA}?vergelijking=city").status_code == 200
        flip(pattern)
        interface = [] if pattern.startswith("beleid") else ["/api/v1/gebieden/WK900103/cijfers"]
        for path in (AREA, f"/en{AREA}", *interface):
            answer = reader.get(path)
            assert answer.status_code == 503, path
            assert is_plain(answer)
            assert "%" not in _main(answer)

    def test_a_damaged_edition_does_not_take_the_others_with_it(self, reader, flip):
        flip("**/*.parquet")
        assert reader.get(AREA).status_code == 503
        assert reader.get(AREA.replace("voorbeeld", "2026-10")).status_code == 200

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"id": 7}'])
    def test_a_manifest_that_cannot_be_read_does_not_take_the_others_with_it(self, reader, shelf, content):
        manifest = next(path for path in (shelf / "voorbeeld").glob("*.json") if b"made_on" in path.read_bytes())
        manifest.write_bytes(content)
        assert reader.get(AREA).status_code in {404, 503}
        other = reader.get(AREA.replace("voorbeeld", "2026-10"))
        assert other.status_code == 200
        assert is_plain(reader.get("/"))
        assert is_plain(reader.get("/edities"))
        assert is_plain(reader.get("/api/v1/edities"))

    def test_a_file_that_is_gone_is_worded(self, reader, shelf):
        for file in (shelf / "voorbeeld").rglob("*.parquet"):
            file.unlink()
        for path in (AREA, START, "/api/v1/gebieden/WK900103/cijfers", "/api/v1/gebieden"):
            answer = reader.get(path)
            assert answer.status_code == 503, path
            assert is_plain(answer)

    def test_an_edition_that_is_taken_off_while_serving_is_gone_and_the_newest_is_another(self, reader, shelf):
        assert reader.get(AREA).status_code == 200
        assert "voorbeeld" in reader.get("/").headers["Location"]
        shutil.rmtree(shelf / "voorbeeld")
        for path in (AREA, f"{START}/zoek?q=haven", "/api/v1/gebieden?editie=voorbeeld"):
            answer = reader.get(path)
            assert answer.status_code == 404, path
            assert is_plain(answer)
        assert "2026-10" in reader.get("/").headers["Location"]
        assert json.loads(reader.get("/api/v1/gebieden?paginaGrootte=1").content)["editie"] == "2026-10"

    def test_an_edition_that_is_replaced_is_read_anew(self, reader, shelf):
        before = reader.get(AREA)
        assert before.status_code == 200
        manifest = next(path for path in (shelf / "voorbeeld").glob("*.json") if "made_on" in path.read_text())
        said = {**json.loads(manifest.read_text(encoding="utf-8")), "fictional": False}
        manifest.write_text(json.dumps(said), encoding="utf-8")
        assert "VERZONNEN LAND" in before.content.decode()
        assert "VERZONNEN LAND" not in reader.get(AREA).content.decode()

    @pytest.mark.parametrize(
        "path", ["/", "/en/", AREA, "/edities", "/api/v1/edities", "/api/v1/gebieden", "/methoden", "/nergens"]
    )
    def test_an_empty_shelf_is_worded(self, tmp_path, path):
        empty = tmp_path / "leeg"
        with override_settings(SHELF=empty):
            answer = Client(headers={"host": "localhost"}, raise_request_exception=False).get(path, follow=True)
            assert is_plain(answer)
            assert answer.status_code < 500
            empty.mkdir(exist_ok=True)
            assert is_plain(Client(headers={"host": "localhost"}, raise_request_exception=False).get(path, follow=True))

    def test_a_shelf_that_is_a_file_is_worded(self, tmp_path):
        (tmp_path / "plank").write_text("geen map", encoding="utf-8")
        with override_settings(SHELF=tmp_path / "plank"):
            reader = Client(headers={"host": "localhost"}, raise_request_exception=False)
            for path in ("/", AREA, "/edities", "/api/v1/edities"):
                assert is_plain(reader.get(path, follow=True)), path


def _main(answer: Any) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]
