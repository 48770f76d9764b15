"""Where the data are, in whole addresses that do not depend on the language of whoever asks."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from wijkpeil.publication.dcat import Places
from wijkpeil.publication.publisher import Publisher
from wijkpeil.web.design.addresses import address, whole

API = "/api/v1"


def publisher() -> Publisher:
    """Give who publishes, as the settings say."""
    return Publisher(name=settings.PUBLISHER, address=settings.PUBLISHER_ADDRESS, email=settings.CONTACT)


def at(request: HttpRequest, page: str, /, **parts: str) -> str:
    """Give the whole address of a Dutch page."""
    with translation.override("nl"):
        return whole(request, address(page, query=None, **parts))


def places(request: HttpRequest) -> Places:
    """Give where everything is that a catalogue names."""
    here = partial(at, request)
    return Places(
        home=here("newest"),
        catalogue=here("catalogue"),
        columns=here("handbook-page", name="kolommen"),
        terms=here("api-docs"),
        api=whole(request, API),
        api_description=whole(request, f"{API}/openapi.json"),
        edition=lambda id_: here("start", edition=id_),
        downloads=lambda id_: here("downloads", edition=id_),
        sources=lambda id_: here("sources", edition=id_),
        edition_file=lambda id_: here("download-edition", edition=id_),
        indicator_file=lambda id_, one: here("download-indicator", edition=id_, indicator=one),
        indicator_api=lambda id_, one: whole(request, f"{API}/indicatoren/{one}/cijfers?editie={id_}"),
    )
