"""The profile of an area from the site in every form: shown where a browser can, and doing less than any other page."""

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.test import Client, override_settings

PLACE = "/editie/voorbeeld/gebied/WK900104/profiel.{}"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("rapporten")
    with override_settings(REPORTS=folder, REPORTS_MOST=50_000_000):
        yield folder


def test_page_of_a_profile_is_shown_and_may_only_use_its_own_style(client: Client) -> None:
    answer = client.get(PLACE.format("html"))
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer["Content-Disposition"].startswith("inline")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = dict(one.strip().partition(" ")[::2] for one in answer["Content-Security-Policy"].split(";"))
    assert policy["style-src"] == f"'sha256-{seal}'"
    assert (policy["default-src"], policy["frame-ancestors"]) == ("'none'", "'none'")
    assert "script-src" not in policy
    assert not answer.cookies


def test_word_file_and_package_are_kept_and_not_shown(client: Client) -> None:
    word, package = client.get(PLACE.format("docx")), client.get(PLACE.format("zip"))
    assert word["Content-Disposition"] == 'attachment; filename="wijkpeil-voorbeeld-WK900104.docx"'
    assert docx.Document(BytesIO(word.content)).core_properties.language == "nl-NL"
    with zipfile.ZipFile(BytesIO(package.content)) as files:
        assert files.read("document.docx") == word.content
        assert files.read("document.html") == client.get(PLACE.format("html")).content


@pytest.mark.parametrize("form", ["tables", "all", "exe", "md"])
def test_what_is_no_form_is_not_there(client: Client, form: str) -> None:
    assert client.get(PLACE.format(form)).status_code == 404


def test_page_of_an_area_leads_to_each_form(client: Client) -> None:
    page = client.get("/editie/voorbeeld/gebied/WK900104").content.decode()
    assert all(f'href="{PLACE.format(form)}"' in page for form in ("pdf", "html", "docx", "zip"))
