"""The addresses of the desk: four for every kind of thing."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from wijkpeil.web.design.marks import takes_forms
from wijkpeil.web.programmes import desk_views
from wijkpeil.web.programmes.agreement_views import AGREEMENTS
from wijkpeil.web.programmes.ambition_views import AMBITIONS
from wijkpeil.web.programmes.attaching import IS_OPEN
from wijkpeil.web.programmes.attachment_views import download, picture
from wijkpeil.web.programmes.item_views import ITEMS
from wijkpeil.web.programmes.measure_views import MEASURES, carousel
from wijkpeil.web.programmes.partner_views import PARTNERS
from wijkpeil.web.programmes.sections import Section
from wijkpeil.web.programmes.study_draft import study_file

SECTIONS = (AMBITIONS, AGREEMENTS, ITEMS, MEASURES, PARTNERS)
_ONE = "programma/<str:programme>"


def addresses(section: Section) -> Iterator[URLPattern]:
    """Give the addresses of one kind of thing."""
    at, told = f"{_ONE}/{section.slug}", {"section": section}
    yield path(at, desk_views.listing, told, name=section.slug)
    if section.adding is not None:
        yield path(f"{at}/nieuw", takes_forms(desk_views.new), told, name=f"{section.slug}_new")
    yield path(f"{at}/<str:key>", desk_views.one, told, name=f"{section.slug}_one")
    if section.model.KIND in IS_OPEN:
        file = "<str:key>/{}/<str:attachment>"
        yield path(f"{at}/{file.format('bijlage')}", download, told, name=f"{section.slug}_attachment")
        yield path(f"{at}/{file.format('foto')}", picture, told, name=f"{section.slug}_picture")
    yield path(f"{at}/<str:key>/<str:act>", takes_forms(desk_views.do), told, name=f"{section.slug}_act")


urlpatterns = [
    path(f"{_ONE}/maatregelen/draaimolen", carousel, name="carousel"),
    path(f"{_ONE}/maatregelen/<str:key>/studie.toml", study_file, name="measure_study"),
    *(one for section in SECTIONS for one in addresses(section)),
]
