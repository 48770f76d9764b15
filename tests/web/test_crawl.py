"""Every link of the site leads somewhere, no page says what is no word, and no hidden figure is anywhere."""

import csv
import html
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import polars as pl
import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EACH, EACH_IN_ENGLISH = 2, 1
"""So many addresses of one kind are opened: a page in a language with certain questions, or a sort of file.

In English one is enough: the template is that of the Dutch page, and a word is missing on the first as on the second.
"""
FILE = re.compile(r"\.(zip|csv|json|ttl|parquet|atom|css|js|mjs|svg|woff2|png)$")
HIDDEN = ("too_few", "protects_another", "suppressed_by_source")
NUMBERS = re.compile(r"value|low|high|.*gap.*|waarde|(onder|boven)grens|achterstand.*")
NO_WORDS = re.compile(r"\b(?:NaN|nan|undefined|Infinity)\b|(?<![\w-])-?inf\b|\bNone\b(?! of\b)|\{\{|\}\}|%\(\w+\)s")
_LINK = re.compile(r"""<(?:a|link|form|script|img|source)\b[^>]*?\s(?:href|src|action)=["']([^"']*)["']""")
_ANCHOR = re.compile(r"""\s(?:id|name)=["']([^"']+)["']""")
_SILENT = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """An address that was opened, with what it said."""

    path: str
    status: int
    form: str
    text: str
    came_from: str


@dataclass
class Crawl:
    """All pages that were opened, and where the links of each led."""

    pages: dict[str, Page] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)


def kind_of(path: str) -> tuple[str, ...]:
    """Name the kind of an address: its page, its language, the level of its area, and which questions it holds."""
    parts = urlsplit(path)
    is_english = parts.path == "/en" or parts.path.startswith("/en/")
    plain = (parts.path.removeprefix("/en") or "/") if is_english else parts.path
    try:
        match = resolve(plain)
    except Resolver404:
        return (plain,)
    if FILE.search(plain):
        return (match.route,)
    level = next((piece[:2] for piece in plain.split("/") if re.fullmatch(r"(WK|BU|GM|PG|VL|NL)\w+", piece)), "")
    asked = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    named = plain if "collection" in match.kwargs else ""
    return ("en" if is_english else "nl", match.route, level, asked, named)


@pytest.fixture(scope="module")
def crawl(client: Client, django_db_setup: None, django_db_blocker: Any) -> Iterator[Crawl]:
    with django_db_blocker.unblock():
        yield crawled(client)


def crawled(client: Client) -> Crawl:
    """Follow every link from the first page on, as somebody who is not logged in."""
    found, opened, waiting = Crawl(), Counter(), deque([("/", ""), ("/en/", "")])
    seen = {"/", "/en/"}
    while waiting:
        path, came_from = waiting.popleft()
        kind = kind_of(path)
        if opened[kind] >= (EACH_IN_ENGLISH if kind[0] == "en" else EACH):
            continue
        opened[kind] += 1
        answer = client.get(path)
        form = answer.headers.get("Content-Type", "")
        if answer.status_code in {301, 302}:
            targets = [answer.headers["Location"]]
            text = ""
        else:
            is_text = form.startswith(("text/", "application/json", "application/geo+json", "image/svg"))
            text = body_of(answer).decode() if is_text else ""
            targets = [html.unescape(one) for one in _LINK.findall(text)] if form.startswith("text/html") else []
        found.pages[path] = Page(path, answer.status_code, form, text, came_from)
        for target in targets:
            there, fragment = urldefrag(urljoin(f"http://localhost{path}", target))
            split = urlsplit(there)
            if split.scheme not in {"http", "https"} or split.netloc != "localhost":
                continue
            local = split.path + (f"?{split.query}" if split.query else "")
            if fragment:
                found.anchors.append((path, local, fragment))
            if local not in seen:
                seen.add(local)
                waiting.append((local, path))
    return found


def body_of(answer: Any) -> bytes:
    """Give the bytes of an answer, also of one that comes in pieces."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def shown(text: str) -> str:
    """Give what a reader or a screen reader gets of a page: its texts, without marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", _SILENT.sub(" ", text)))


def test_no_link_is_dead(crawl):
    dead = [
        (page.status, page.path, f"from {page.came_from}")
        for page in crawl.pages.values()
        if page.status not in {200, 301, 302}
    ]
    assert dead == []
    assert len({kind_of(path) for path in crawl.pages}) > 50


def test_every_link_inside_a_page_leads_to_a_place_that_is_there(crawl):
    lost = [
        (there, f"#{fragment}", f"from {page}")
        for page, there, fragment in crawl.anchors
        if there in crawl.pages
        and crawl.pages[there].form.startswith("text/html")
        and fragment not in set(_ANCHOR.findall(crawl.pages[there].text))
    ]
    assert lost == []


def test_no_page_links_to_another_site_for_anything_it_needs(crawl):
    needed = re.compile(
        r"""<(?:script|img|iframe|source|link(?=[^>]*rel=["']stylesheet))\b[^>]*(?:src|href)=["'](https?:)?//"""
    )
    assert [page.path for page in crawl.pages.values() if needed.search(page.text)] == []


def test_no_page_says_what_is_no_word(crawl):
    said = [
        (page.path, shown(page.text)[max(0, found.start() - 60) : found.end() + 30])
        for page in crawl.pages.values()
        if page.form.startswith("text/html") and "/methoden/" not in page.path
        for found in [NO_WORDS.search(shown(page.text))]
        if found
    ]
    assert said == []


def test_no_number_of_a_picture_or_a_file_is_none(crawl):
    broken = re.compile(
        r"""="[^"]*\b(?:NaN|nan|None|inf|Infinity)\b[^"]*"|[:,\[]\s*(?:NaN|-?Infinity)\b|,(?:NaN|nan|inf)(?=,|\n)"""
    )
    found = [
        (page.path, match.group()[:80])
        for page in crawl.pages.values()
        if not page.path.startswith("/static/")
        for match in [broken.search(page.text)]
        if match
    ]
    assert found == []


def test_no_page_shows_an_empty_picture(crawl):
    empty = re.compile(r"<svg\b[^>]*>\s*(?:<title>[^<]*</title>\s*)?(?:<desc>[^<]*</desc>\s*)?</svg>")
    assert [page.path for page in crawl.pages.values() if empty.search(page.text)] == []


def rows_of(written: str, indicator: str) -> list[tuple[str, str]]:
    """Give the year and the figure of the area itself, as written, of each row of the table of an indicator."""
    after = written.partition(f'id="{indicator}-naam"')[2].partition("</article>")[0]
    table = (
        after.partition("<tbody")[2].partition("</tbody>")[0] or after.partition("<table")[2].partition("</table>")[0]
    )
    rows = []
    for line in re.findall(r"<tr\b.*?</tr>", table, re.DOTALL):
        cells = [" ".join(shown(one).split()) for one in re.findall(r"<t[hd]\b.*?</t[hd]>", line, re.DOTALL)]
        year = re.search(r"(\d{4})$", cells[0])
        if year:
            rows.append((year[1], cells[1]))
    return rows


class TestAHiddenFigure:
    """What is hidden in an edition, in every form in which a reader may ask for it."""

    @pytest.fixture(scope="class")
    def edition(self, example_shelf: Path) -> Edition:
        return Shelf(example_shelf).open("voorbeeld")

    @pytest.fixture(scope="class")
    def hidden(self, edition: Edition) -> pl.DataFrame:
        """Give some hidden figures of wijken, of several indicators."""
        found = []
        wijken = edition.areas.filter(pl.col("level") == "wijk").select(area="code")
        for one in edition.policy.indicators:
            rows = edition.figures(indicator=one.id).filter(pl.col("status").cast(pl.String).is_in(HIDDEN))
            found.append(rows.join(wijken, on="area", how="semi").head(2))
        whole = pl.concat(found)
        assert whole["indicator"].n_unique() > 3
        return whole.head(20)

    def test_it_has_no_number_in_the_edition_itself(self, hidden):
        assert hidden.select(pl.col("value", "low", "high").is_null().all()).row(0) == (True, True, True)

    def test_it_has_no_number_in_any_file_of_figures(self, client, edition, hidden):
        homes = dict(zip(edition.areas["code"], edition.areas["gemeente"], strict=True))
        found = Counter()
        for row in hidden.iter_rows(named=True):
            area, indicator, period = row["area"], row["indicator"], str(row["period"])
            of_area = f"/editie/voorbeeld/gebied/{area}.csv"
            of_indicator = (
                f"/editie/voorbeeld/indicator/{indicator}.csv?niveau=wijk&gemeente={homes[area]}&periode={period}"
            )
            for kind, address, key in (
                ("area", of_area, ("area", "indicator", "period")),
                ("indicator", of_indicator, ("gebied", "indicator", "periode")),
            ):
                for line in csv.DictReader(io.StringIO(_text(client.get(address)))):
                    if tuple(line[name] for name in key) == (area, indicator, period):
                        found[kind] += 1
                        assert line["status"] == row["status"]
                        assert {line[name] for name in line if NUMBERS.fullmatch(name)} == {""}, (address, line)
        assert found["area"] == hidden.height
        assert found["indicator"] > 0

    def test_it_has_no_number_in_any_form_of_the_interface(self, client, hidden):
        for row in hidden.iter_rows(named=True):
            query = f"indicator={row['indicator']}&periode={row['period']}"
            for part, names in (
                ("cijfers", ("waarde", "ondergrens", "bovengrens")),
                ("verschillen", ("waarde", "ondergrens", "bovengrens", "achterstand", "relatieveAchterstand")),
            ):
                path = f"/api/v1/gebieden/{row['area']}/{part}?{query}"
                told = json.loads(client.get(path).content)[part]
                lines = list(csv.DictReader(io.StringIO(_text(client.get(path, headers={"accept": "text/csv"})))))
                assert told
                assert {one[name] for one in told for name in names} == {None}
                assert {line[name] for line in lines for name in names} == {""}
            address = (
                f"/api/v1/indicatoren/{row['indicator']}/cijfers?niveau=wijk&periode={row['period']}&paginaGrootte=1000"
            )
            collection = json.loads(client.get(address, headers={"accept": "application/geo+json"}).content)
            mine = [one["properties"] for one in collection["features"] if one["properties"]["gebied"] == row["area"]]
            assert all(one["waarde"] is one["ondergrens"] is one["bovengrens"] is None for one in mine)

    def test_it_is_a_reason_and_no_number_on_the_page(self, client, edition, hidden):
        """One hidden figure of every indicator: one template writes the table of all areas."""
        looked = 0
        for row in hidden.unique("indicator", keep="first", maintain_order=True).iter_rows(named=True):
            theme = edition.policy.indicator[row["indicator"]].theme
            written = _text(client.get(f"/editie/voorbeeld/gebied/{row['area']}/{theme}"))
            for period, cell in rows_of(written, row["indicator"]):
                if period == str(row["period"]):
                    looked += 1
                    assert not re.search(r"\d", cell), (row["area"], row["indicator"], cell)
        assert looked >= hidden["indicator"].n_unique()

    def test_it_has_no_number_in_the_files_to_take_away(self, client, hidden):
        row = hidden.row(0, named=True)
        answer = client.get(f"/editie/voorbeeld/download/gebied/{row['area']}.zip")
        assert answer.status_code == 200
        content, looked = body_of(answer), 0
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            for name in files.namelist():
                if not name.endswith((".csv", ".parquet")):
                    continue
                data = files.read(name)
                table = (
                    pl.read_csv(io.BytesIO(data), infer_schema=False)
                    if name.endswith(".csv")
                    else pl.read_parquet(io.BytesIO(data))
                )
                if {"area", "indicator", "period", "value"} <= set(table.columns):
                    mine = table.filter(
                        pl.col("area") == row["area"],
                        pl.col("indicator") == row["indicator"],
                        pl.col("period").cast(pl.String) == str(row["period"]),
                    )
                    numbers = [one for one in ("value", "low", "high") if one in table.columns]
                    looked += mine.height
                    assert mine.select(pl.col(numbers).is_null().all()).row(0) == (True,) * len(numbers), name
        assert looked > 0


def test_a_figure_is_the_same_on_the_page_in_the_interface_in_a_file_and_in_the_terminal(
    client: Client, example_shelf: Path
) -> None:
    edition = Shelf(example_shelf).open("voorbeeld")
    programme = edition.policy.programme[edition.manifest.default_programme]
    compared = 0
    for neighbourhood in programme.neighbourhoods[:2]:
        area = programme.code_of(neighbourhood)
        by_terminal = _by_key(_terminal(example_shelf, area)["figures"], "indicator", "period")
        by_file = _by_key(
            csv.DictReader(io.StringIO(_text(client.get(f"/editie/voorbeeld/gebied/{area}.csv")))),
            "indicator",
            "period",
        )
        address = f"/api/v1/gebieden/{area}/cijfers?paginaGrootte=1000"
        by_interface = {}
        while address:
            told = json.loads(client.get(address).content)
            by_interface |= _by_key(told["cijfers"], "indicator", "periode")
            address = told["links"].get("next", {}).get("href", "").removeprefix("http://localhost")
        assert set(by_terminal) == set(by_file) == set(by_interface)
        for key, told in by_interface.items():
            for inside, outside in (
                ("value", "waarde"),
                ("low", "ondergrens"),
                ("high", "bovengrens"),
                ("rest_value", "restWaarde"),
                ("like_value", "gelijkendWaarde"),
            ):
                written = by_file[key][inside]
                assert by_terminal[key][inside] == told[outside] == (float(written) if written else None), (
                    area,
                    key,
                    inside,
                )
            assert by_terminal[key]["status"] == told["status"] == by_file[key]["status"]
        compared += _on_the_pages(client, edition, area, by_interface)
    assert compared > 40


def _on_the_pages(client: Client, edition: Edition, area: str, figures: dict[Any, Any]) -> int:
    """Compare the table of every indicator on its page with the figures; give how many were compared."""
    compared = 0
    for theme in edition.policy.theme:
        written = _text(client.get(f"/editie/voorbeeld/gebied/{area}/{theme}"))
        for one in (one for one in edition.policy.indicators if one.theme == theme):
            for period, cell in rows_of(written, one.id):
                told = figures[one.id, period]["waarde"]
                number = re.search(r"-?\d[\d.]*(?:,(\d+))?", cell)
                if told is None or number is None:
                    assert (told is None) == (number is None), (area, one.id, period, cell)
                    continue
                said, step = float(number[0].replace(".", "").replace(",", ".")), 10.0 ** -len(number[1] or "")
                assert any(abs(said - told * scale) <= step * 0.51 for scale in (1, 100, 1000)), (
                    area,
                    one.id,
                    cell,
                    told,
                )
                compared += 1
    return compared


def _by_key(rows: Any, indicator: str, period: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row[indicator], str(row[period])): row for row in rows}


def _terminal(shelf: Path, area: str) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "wijkpeil", "show", area, "--json", "--shelf", str(shelf)],
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def _text(answer: Any) -> str:
    assert answer.status_code == 200, answer.wsgi_request.path
    return body_of(answer).decode()
