"""The open interface: the same figures, in every form, and words for every fault."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import shapely
from django.test import Client

from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition

V1 = "/api/v1"


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Edition:
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def area(edition: Edition) -> str:
    """Give a neighbourhood of the programme."""
    programme = edition.policy.programme[edition.manifest.default_programme]
    return programme.code_of(programme.neighbourhoods[0])


def get(client: Client, path: str, **headers: str) -> Any:
    answer = client.get(f"{V1}{path}", headers=headers)
    assert answer.status_code == 200, answer.content[:500]
    return json.loads(answer.content)


def test_a_figure_of_the_interface_is_the_figure_of_the_edition(client: Client, edition: Edition, area: str) -> None:
    told = get(client, f"/gebieden/{area}/cijfers?paginaGrootte=1000")
    ours = edition.figures(area=area)
    assert told["aantal"] == ours.height > 100
    for row, figure in zip(told["cijfers"], ours.iter_rows(named=True), strict=False):
        assert (row["indicator"], row["periode"], row["status"]) == (
            figure["indicator"],
            figure["period"],
            figure["status"],
        )
        assert row["waarde"] == figure["value"]
        assert (row["ondergrens"], row["bovengrens"]) == (figure["low"], figure["high"])


def test_json_csv_and_parquet_hold_the_same_rows(client: Client, area: str) -> None:
    path = f"{V1}/gebieden/{area}/cijfers?thema=wonen&paginaGrootte=1000"
    told = json.loads(client.get(path).content)["cijfers"]
    text = client.get(path, headers={"accept": "text/csv"}).content.decode()
    table = pl.read_parquet(io.BytesIO(client.get(path, headers={"accept": "application/vnd.apache.parquet"}).content))
    by_csv = list(csv.DictReader(io.StringIO(text)))
    assert len(told) == len(by_csv) == table.height > 10
    for row, line, record in zip(told, by_csv, table.iter_rows(named=True), strict=True):
        assert row == record
        assert {name: "" if value is None else str(value) for name, value in row.items() if name != "waarde"} == {
            name: value if row[name] is None or not isinstance(row[name], float) else str(float(value))
            for name, value in line.items()
            if name != "waarde"
        }


def test_a_list_opens_page_by_page_and_misses_nothing(client: Client) -> None:
    address, seen = f"{V1}/gebieden?niveau=wijk&paginaGrootte=200", []
    while address:
        told = json.loads(client.get(address).content)
        seen += [row["code"] for row in told["gebieden"]]
        address = told["links"].get("next", {}).get("href", "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == told["aantal"] > 200


def test_every_fault_of_a_question_is_told_at_once(client: Client) -> None:
    answer = client.get(f"{V1}/gebieden?niveua=wijk&pagina=0&paginaGrootte=veel&zoek=a&zoek=b")
    told = json.loads(answer.content)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {fault["onderdeel"] for fault in told["fouten"]} == {"niveua", "pagina", "paginaGrootte", "zoek"}
    assert all(fault["melding"].endswith(".") for fault in told["fouten"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gebieden/ZZ000001", 404),
        ("/gebieden/ZZ000001/cijfers", 404),
        ("/gebieden/%2e%2e%2f%2e%2e%2fetc", 404),
        ("/indicatoren/bestaat_niet", 404),
        ("/programmas/bestaat_niet/oordelen", 404),
        ("/edities/../voorbeeld", 404),
        ("/edities/.slot", 404),
        ("/gebieden?editie=2099-01", 404),
        ("/gebieden?editie=../../etc", 404),
        ("/edities/", 404),
        ("/nergens", 404),
        ("/gebieden?niveau=straat", 400),
        ("/kaart/collections/wijken/items?bbox=zuid", 400),
        ("/kaart/collections/wijken/items?bbox=9,9,8,8", 400),
        ("/kaart/collections/provincies", 404),
        ("/gebieden?zoek=" + "x" * 300, 400),
    ],
)
def test_what_is_not_there_is_a_problem_in_words(client: Client, path: str, status: int) -> None:
    answer = client.get(f"{V1}{path}")
    told = json.loads(answer.content)
    assert answer.status_code == told["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["title"] and told["detail"].endswith((".", "voorbeeld"))
    assert "Traceback" not in answer.content.decode()


def test_every_answer_has_the_version_and_may_be_read_from_anywhere(client: Client) -> None:
    for path in ("/edities", "/nergens", "/gebieden?pagina=0", "/openapi.json", "/kaart"):
        answer = client.get(f"{V1}{path}")
        assert answer.headers["API-Version"] == "1.0.0"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_copy_that_is_still_good_is_not_sent_again(client: Client, area: str) -> None:
    path = f"{V1}/gebieden/{area}/cijfers?thema=wonen"
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    other = client.get(path, headers={"if-none-match": first.headers["ETag"], "accept": "text/csv"})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


@pytest.mark.parametrize("header", ["image/png", "text/html;q=1, image/*"])
def test_a_form_that_is_not_offered_is_refused_with_those_that_are(client: Client, header: str) -> None:
    answer = client.get(f"{V1}/gebieden", headers={"accept": header})
    assert answer.status_code == 406
    assert "text/csv" in json.loads(answer.content)["detail"]


@pytest.mark.parametrize("header", ["", "*/*", ";;;,,q=", "a" * 5000, "application/json;q=abc", "text/csv;q=0, */*"])
def test_a_header_that_cannot_be_read_gives_the_usual_form(client: Client, header: str) -> None:
    answer = client.get(f"{V1}/gebieden?paginaGrootte=1", headers={"accept": header})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"


def test_features_lie_where_the_box_is(client: Client) -> None:
    whole = get(client, "/kaart/collections/gemeenten/items?limit=1000")
    shapes = {one["id"]: shapely.geometry.shape(one["geometry"]) for one in whole["features"] if one["geometry"]}
    assert shapes
    code, shape = next(iter(shapes.items()))
    place = shape.representative_point()
    box = f"{place.x - 1e-4},{place.y - 1e-4},{place.x + 1e-4},{place.y + 1e-4}"
    found = get(client, f"/kaart/collections/gemeenten/items?bbox={box}")
    assert [one["id"] for one in found["features"]] == [code]


def test_a_hidden_figure_is_in_no_form_of_the_interface(client: Client, edition: Edition) -> None:
    hidden = None
    for indicator in edition.policy.indicators:
        rows = edition.figures(indicator=indicator.id).filter(pl.col("status").is_in(["too_few", "protects_another"]))
        if rows.height:
            hidden = rows.row(0, named=True)
            break
    assert hidden is not None
    path = f"{V1}/gebieden/{hidden['area']}/cijfers?indicator={hidden['indicator']}&periode={hidden['period']}"
    row = json.loads(client.get(path).content)["cijfers"][0]
    assert row["waarde"] is row["ondergrens"] is row["bovengrens"] is None
    assert row["status"] == hidden["status"]


@pytest.mark.slow
def test_the_interface_answers_any_question_as_it_describes_itself(client: Client, db: None) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    from wijkpeil.site.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for operation in schema.get_all_operations():
        case_of = operation.ok().as_strategy()

        @given(case=case_of)
        @settings(
            max_examples=5,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def answers_as_described(case: Any) -> None:
            # which themes and comparators there are depends on the edition, and is said when it is asked
            plain = {"Host": "localhost", "Accept-Encoding": "identity"}
            case.call_and_validate(headers=plain, excluded_checks=[positive_data_acceptance])

        answers_as_described()
