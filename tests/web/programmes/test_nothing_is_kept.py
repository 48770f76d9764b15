"""What somebody who is logged in gets of a programme is kept nowhere, and neither is what went wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from wijkpeil.web.programmes import urls

PLACED = {
    "edition": "voorbeeld",
    "id": "wijkaanpak",
    "programme": "wijkaanpak",
    "area": "wijkaanpak.9001-03",
    "attachment": "bestaat-niet",
}


def patterns(among: list[Any]) -> Iterator[URLPattern]:
    for one in among:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def address(one: URLPattern) -> str:
    """Fill an address in: with a thing of its own kind, and where it has acts, with the first of them."""
    section = one.default_args.get("section")
    filled = "/" + str(one.pattern)
    parts = dict(PLACED)
    if section is not None:
        first = section.model.objects.order_by("pk").first()
        parts |= {"key": first.key if first else "bestaat-niet", "act": section.acts[0].slug if section.acts else "x"}
    else:
        parts |= {"key": "bestaat-niet"}
    for name, value in parts.items():
        filled = filled.replace(f"<str:{name}>", value)
    assert "<" not in filled, filled
    return filled


def test_whatever_a_manager_asks_of_a_programme_is_kept_nowhere(lived_in, signed_in):
    manager = signed_in(lived_in.person("ellen"))
    found = [address(one) for one in patterns(urls.urlpatterns)]
    told = {at: manager.get(at) for at in found}
    told |= {f"{at} in English": manager.get(f"/en{at}") for at in found[::12]}
    wrong = [at for at, answer in told.items() if answer.headers.get("Cache-Control") != "private, no-store"]
    tagged = [at for at, answer in told.items() if "ETag" in answer.headers or "Last-Modified" in answer.headers]
    broken = [at for at, answer in told.items() if answer.status_code >= 500]
    assert (wrong, tagged, broken) == ([], [], [])
    assert sum(answer.status_code == 200 for answer in told.values()) > len(told) / 2


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("at", ["/programma/bestaat-niet/maatregelen", "/programma/wijkaanpak/besluiten/x", "/nergens"])
def test_nobody_keeps_an_error_answer_of_somebody_without_a_session(visitor, language, at):
    answer = visitor.get(language + at)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
