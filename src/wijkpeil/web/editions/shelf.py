"""What the page of the shelf says of each edition."""

from dataclasses import dataclass

from wijkpeil.portrayal.language import Language
from wijkpeil.publication.library import Listed
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.request import ReaderRequest


@dataclass(frozen=True, kw_only=True)
class Card:
    """One edition: what it holds, where it is, and what changed since the one before."""

    id: str
    address: str
    facts: list[tuple[str, str]]
    licences: str
    fictional: bool
    reason: str
    is_newest: bool
    changes: str
    before: str


def cards(request: ReaderRequest) -> list[Card]:
    """Give the editions that readers may know of, the newest first."""
    library, listed = request.library, request.library.listed()
    seen = [one.manifest.id for one in listed if not one.is_withdrawn]
    made = []
    for one in listed:
        before = library.before(one.manifest.id) if not one.is_withdrawn else None
        made.append(
            Card(
                id=one.manifest.id,
                address=address("start", edition=one.manifest.id),
                facts=_facts(request.tongue, one),
                licences=request.tongue.series(sorted({entry.licence for entry in one.manifest.inputs})),
                fictional=one.manifest.fictional,
                reason=one.state.reason if one.is_withdrawn else "",
                is_newest=bool(seen) and one.manifest.id == seen[-1],
                changes=address("revision", old=before, new=one.manifest.id) if before else "",
                before=before or "",
            )
        )
    return made[::-1]


def _facts(language: Language, one: Listed) -> list[tuple[str, str]]:
    say, manifest = language.say, one.manifest
    published = one.state.until or one.state.since
    listed = [(say("Gemaakt op"), language.day(manifest.made_on))]
    if published and not one.is_withdrawn:
        listed.append((say("Gepubliceerd op"), language.day(published.date())))
    sources = {entry.source for entry in manifest.inputs}
    return [
        *listed,
        (say("Land"), manifest.policy_name),
        (say("Kaart"), str(manifest.map_year)),
        (say("Cijfers"), language.whole(manifest.figures)),
        (say("Bronnen"), say("{sources}, in {files} bestanden", sources=len(sources), files=len(manifest.inputs))),
    ]
