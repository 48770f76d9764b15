"""Addresses of the site by name, in the language of the request, with their query."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse

from wijkpeil.web.design.request import ReaderRequest


def address(name: str, /, *, query: dict[str, object] | None = None, **parts: object) -> str:
    """Give the address of a page by its name; ``query`` parts that are empty are left out."""
    path = reverse(name, kwargs=parts or None)
    said = {key: part for key, part in (query or {}).items() if part not in (None, "", [], ())}
    return f"{path}?{urlencode(said, doseq=True)}" if said else path


def in_other_language(request: HttpRequest) -> str:
    """Give the address of the same page in the other language; it never leads to another site."""
    path, query = quote(request.path), request.META.get("QUERY_STRING", "")
    is_english = path == "/en" or path.startswith("/en/")
    other = f"/{path.removeprefix('/en').lstrip('/')}" if is_english else f"/en{path}"
    return f"{other}?{query}" if query else other


def in_newest(request: ReaderRequest) -> str | None:
    """Give the address of the same page in the newest edition, where this page is about an older one."""
    if not hasattr(request, "edition") or request.is_newest:
        return None
    here, newest = f"/editie/{request.edition.id}", f"/editie/{request.library.newest()}"
    return request.get_full_path().replace(here, newest, 1)


def whole(request: HttpRequest, path: str) -> str:
    """Give an address with the host under which readers find the site; a host that is not ours is not repeated."""
    if settings.SITE_ADDRESS:
        return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path
