"""What other catalogues read holds by the shapes of DCAT-AP-NL 3.0."""

import json
import os
import re
import shutil

import pytest

AT = ("/catalogus.ttl", "/editie/voorbeeld/catalogus.ttl")


@pytest.fixture
def two_editions(tmp_path, example_shelf):
    """Give a shelf with the example under two names, so that one came before the other."""
    for name in ("voorbeeld", "voorbeeld-2"):
        shutil.copytree(example_shelf / "voorbeeld", tmp_path / name, copy_function=os.link)
        manifest = tmp_path / name / "manifest.json"
        said = {**json.loads(manifest.read_text(encoding="utf-8")), "id": name}
        manifest.unlink()
        manifest.write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


def text(client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/turtle")
    return answer.content.decode()


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("at", AT)
def test_the_catalogue_holds_by_the_shapes(client, shared, at):
    from pyshacl import validate
    from rdflib import DCAT, RDF, SH, Graph

    folder = shared / "standards" / "dcat-ap-nl-3.0"
    if not folder.is_dir():
        pytest.skip("The shapes of DCAT-AP-NL are not here: they belong in the folder 'standards' of WIJKPEIL_SHARED.")
    shapes = Graph()
    for file in sorted(folder.glob("*.ttl")):
        shapes.parse(file)
    for shape, named in list(shapes.subject_objects(SH.property)):
        if not list(shapes.objects(named, SH.path)):  # two shapes of the file are named in it and never described
            shapes.remove((shape, SH.property, named))
    told = Graph().parse(data=text(client, at), format="turtle")
    holds, report, said = validate(told, shacl_graph=shapes, allow_warnings=True)
    assert holds, said[:6000]
    # Recommended, and impossible together: a file has no service, and a service has no file.
    assert set(report.objects(None, SH.resultPath)) <= {DCAT.accessService, DCAT.downloadURL}
    assert len(list(told.subjects(RDF.type, DCAT.Dataset))) == len(list(told.objects(None, DCAT.dataset)))


def test_the_catalogue_names_every_edition_and_leads_to_its_files(client):
    from rdflib import DCAT, Graph

    graph = Graph().parse(data=text(client, AT[0]), format="turtle")
    files = {str(one).removeprefix("http://localhost") for one in graph.objects(None, DCAT.downloadURL)}
    assert files == {"/editie/voorbeeld/download/editie.zip"}
    assert client.get(files.pop()).status_code == 200
    for page in graph.objects(None, DCAT.landingPage):
        assert client.get(str(page).removeprefix("http://localhost")).status_code == 200


def test_an_edition_tells_of_every_indicator_that_has_figures(client, example_shelf):
    from rdflib import DCAT, Graph

    from wijkpeil.publication import Shelf

    edition = Shelf(example_shelf).open("voorbeeld")
    graph = Graph().parse(data=text(client, AT[1]), format="turtle")
    files = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    there = [one.id for one in edition.policy.indicators if edition.figures(indicator=one.id).height]
    assert len(files) == len(there) + 1
    assert all(f"http://localhost/editie/voorbeeld/download/indicator/{one}.zip" in files for one in there)


def test_an_edition_knows_which_came_before_it(client, two_editions):
    from django.test import override_settings

    with override_settings(SHELF=two_editions):
        said = text(client, AT[0])
    newest = re.search(r"<http://localhost/editie/voorbeeld-2#dataset>\n.*? \.\n", said, re.DOTALL)[0]
    assert "dcat:previousVersion <http://localhost/editie/voorbeeld#dataset>" in newest
    assert "dcat:inSeries" in newest


def test_a_catalogue_is_the_same_in_every_language(client):
    assert text(client, "/en/catalogus.ttl") == text(client, "/catalogus.ttl")
