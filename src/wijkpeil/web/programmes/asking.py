"""What a reader may ask of a programme, and the words and links with which it is asked."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.rug import Moment, Place
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.errors import BadQuestionError
from wijkpeil.web.design.request import ReaderRequest

ALL = "alle"
"""All themes at once."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One programme of one edition, beside one comparator."""

    edition: Edition
    programme: Programme
    comparator: str
    speaker: Speaker

    @property
    def other(self) -> str:
        """Name the comparator as it stands in a sentence."""
        return self.speaker.comparator(self.comparator)

    @property
    def title(self) -> str:
        """Name the programme."""
        return self.speaker.language.label(self.programme)

    @cached_property
    def places(self) -> list[Place]:
        """Give the neighbourhoods, city by city."""
        names = dict(self.edition.areas.select("code", "name").iter_rows())
        places = [
            Place(
                code=self.programme.code_of(one),
                name=names.get(self.programme.code_of(one), one.name),
                city=names.get(one.gemeente, one.gemeente),
            )
            for one in self.programme.neighbourhoods
        ]
        return sorted(places, key=lambda place: (place.city, place.name))

    @cached_property
    def judged(self) -> list[Indicator]:
        """Give the indicators that have a better side: the others are described and never judged."""
        return [one for one in self.edition.policy.indicators if one.is_judged]

    def at(self, name: str, **query: object) -> str:
        """Give the address of another page of this programme, beside the same comparator."""
        beside = None if self.comparator == Comparator.REST_OF_CITY.value else self.comparator
        return address(name, edition=self.edition.id, id=self.programme.id, query={"vergelijking": beside, **query})

    def tabs(self, here: str) -> list[tuple[str, str, bool]]:
        """Give the views of this programme."""
        say = self.speaker.language.say
        labels = {
            "programme": say("In het kort"),
            "rug": say("Overzicht"),
            "quadrant": say("Kwadrant"),
            "outcomes": say("Uitkomsten"),
        }
        return [(label, self.at(name), name == here) for name, label in labels.items()]

    def comparators(self) -> list[tuple[str, str]]:
        """Give what the programme may be set beside, with its words."""
        named = [(name, self.speaker.comparator(name)) for name in self.edition.comparators]
        return [(name, said[:1].upper() + said[1:]) for name, said in named]


def asked(request: ReaderRequest, id_: str) -> Asked:
    """Read what is asked; raises ``Http404`` for a programme that is not there, ``BadQuestionError`` for the rest."""
    edition, speaker = request.edition, Speaker(language=request.tongue, policy=request.edition.policy)
    chosen = edition.policy.programme.get(id_)
    if chosen is None:
        raise Http404(id_)
    beside = request.GET.get("vergelijking", Comparator.REST_OF_CITY.value)
    _among(request, "vergelijking", beside, edition.comparators)
    return Asked(edition=edition, programme=chosen, comparator=beside, speaker=speaker)


def moment_of(request: ReaderRequest) -> Moment:
    """Read whether the change, now or the baseline is asked for."""
    return Moment(
        _among(request, "moment", request.GET.get("moment", Moment.CHANGE.value), [one.value for one in Moment])
    )


def theme_of(request: ReaderRequest, about: Asked) -> str:
    """Read the theme, or all; the first theme with something to judge when none is named."""
    themes = themes_of(about)
    first = themes[0] if themes else ALL
    return _among(request, "thema", request.GET.get("thema", first), [*themes, ALL])


def themes_of(about: Asked) -> list[str]:
    """Give the themes that have an indicator with a better side."""
    there = {one.theme for one in about.judged}
    return [theme for theme in about.edition.policy.theme if theme in there]


def indicator_of(request: ReaderRequest, offered: list[Indicator], first: Indicator) -> Indicator:
    """Read the indicator."""
    known = {one.id: one for one in offered}
    return known[_among(request, "indicator", request.GET.get("indicator", first.id), list(known))]


def _among(request: ReaderRequest, name: str, value: str, known: list[str]) -> str:
    if value in known:
        return value
    raise BadQuestionError(
        request.tongue.say(
            "‘{value}’ kan niet bij ‘{name}’. Kies uit: {known}.",
            value=value[:80],
            name=name,
            known=", ".join(known),
        )
    )
