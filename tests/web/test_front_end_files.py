"""What a browser is sent besides the page: little, our own or free, and nothing from elsewhere."""

import gzip
import json
import re
from pathlib import Path

import pytest

from wijkpeil.web import design
from wijkpeil.web.design.front_end import renew

DESIGN = Path(design.__file__).parent
LOCK = json.loads((renew.HERE / "package-lock.json").read_text(encoding="utf-8"))
KILO = 1000


def sent(client, kind: str) -> dict[str, bytes]:
    """Give every file of a kind that the start asks for, by its address."""
    page = client.get("/editie/voorbeeld").content.decode()
    tag = r'<link rel="stylesheet" href="([^"]+)"' if kind == "css" else r'<script[^>]* src="([^"]+)"'
    found = {}
    for at in re.findall(tag, page):
        assert at.startswith("/static/"), at
        found[at] = b"".join(client.get(at).streaming_content)
    return found


def weight(files: dict[str, bytes]) -> int:
    return sum(len(gzip.compress(content)) for content in files.values())


def test_the_style_of_a_page_weighs_at_most_25_kilobytes(client):
    files = sent(client, "css")
    assert len(files) >= 5
    assert weight(files) < 25 * KILO


def test_the_script_of_a_page_weighs_at_most_5_kilobytes(client):
    files = sent(client, "js")
    assert files
    assert weight(files) < 5 * KILO


def test_the_pictures_have_one_style_for_the_site_and_the_profile(client):
    [ours] = [content for at, content in sent(client, "css").items() if "pictures" in at]
    assert b".spine" in ours or b".here" in ours
    from wijkpeil.portrayal import profile

    source, _, _ = profile._environment().loader.get_source(profile._environment(), "pictures/pictures.css")
    assert ours.decode() == source


def test_no_style_reaches_out(client):
    for at, content in sent(client, "css").items():
        assert not re.search(rb"@import|url\(\s*[\"']?(https?:)?//", content), at


def test_the_lock_names_packages_by_hash_and_no_host():
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "http" not in json.dumps(LOCK)


def test_only_free_packages_are_used():
    assert {package["license"] for name, package in LOCK["packages"].items()} <= {
        "EUPL-1.2",
        "OFL-1.1",
        "MIT",
        "(MIT OR Apache-2.0)",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
    }
    forbidden = ("@utrecht/design-tokens", "@rijkshuisstijl-community/design-tokens", "@amsterdam/")
    assert not [name for name in LOCK["packages"] if any(word in name for word in forbidden)]


def test_every_vendored_folder_brings_its_licence():
    for folder in renew.VENDOR.iterdir():
        assert [file for file in folder.iterdir() if file.stem.startswith("LICENSE")], folder.name


@pytest.mark.slow
def test_the_vendored_files_are_what_the_lock_gives():
    try:
        fresh = renew.renewed()
    except renew.NoNpmError as fault:
        pytest.skip(f"The files from npm cannot be fetched here: {fault}")
    kept = {
        file.relative_to(renew.VENDOR).as_posix(): file.read_bytes()
        for file in renew.VENDOR.rglob("*")
        if file.is_file()
    }
    assert kept.keys() == fresh.keys()
    assert [name for name in fresh if fresh[name] != kept[name]] == []
