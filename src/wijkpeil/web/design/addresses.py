"""Addresses of the site by name, in the language of the request, with their query."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse


def address(name: str, /, *, query: dict[str, object] | None = None, **parts: object) -> str:
    """Give the address of a page by its name; ``query`` parts that are empty are left out."""
    path = reverse(name, kwargs=parts or None)
    said = {key: part for key, part in (query or {}).items() if part not in (None, "", [], ())}
    return f"{path}?{urlencode(said, doseq=True)}" if said else path


def in_other_language(request: HttpRequest) -> str:
    """Give the address of the same page in the other language."""
    path, query = request.path, request.META.get("QUERY_STRING", "")
    is_english = path == "/en" or path.startswith("/en/")
    other = (path.removeprefix("/en") or "/") if is_english else f"/en{path}"
    return f"{other}?{query}" if query else other
