"""The state of a programme for a report: the public records of today, gathered in one frozen value.

It is made from the same records that open data are made from, as the public gets them, so that a report can hold
nothing that a reader could not have found on the site.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wijkpeil.reports import state as told
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.attached import may_be_shown
from wijkpeil.web.programmes.models import Story
from wijkpeil.web.programmes.models.attachment import Attachment, AttachmentBytes
from wijkpeil.web.programmes.records import records

Record = Mapping[str, Any]


def programme_state(programme: str, *, taken_on: date) -> told.ProgrammeState:
    """Gather all that everybody may know of a programme; the same rows on the same day give the same state."""
    parts = _Parts(programme)
    return told.ProgrammeState(
        programme=programme,
        taken_on=taken_on,
        ambitions=tuple(map(_ambition, parts.of("ambities"))),
        agreements=tuple(_agreement(one, parts) for one in parts.of("afspraken")),
        measures=tuple(_measure(one, parts) for one in parts.of("maatregelen")),
        decisions=tuple(map(_decision, parts.of("besluiten"))),
        visitations=tuple(_visitation(one, parts) for one in parts.of("visitaties")),
        promises=tuple(map(_promise, parts.of("toezeggingen"))),
        stories=_stories(parts.of("verhalen"), taken_on),
    )


def picture_bytes(state: told.ProgrammeState) -> dict[str, bytes]:
    """Give the pictures that a state names, by their hash; one that was taken away since is not there."""
    wanted = {picture.sha256 for story in state.stories for picture in story.pictures}
    kept = AttachmentBytes.objects.filter(
        attachment__kind=Kind.STORY,
        attachment__programme=state.programme,
        attachment__sha256__in=wanted,
        attachment__erased_at=None,
    ).select_related("attachment")
    return {one.attachment.sha256: bytes(one.content) for one in kept.order_by("attachment__sha256")}


class _Parts:
    """The records of a programme, and what belongs to which."""

    def __init__(self, programme: str) -> None:
        self._programme = programme
        self._grouped: dict[tuple[str, str], dict[str, list[Record]]] = {}

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Give the records of a kind, in their order."""
        return records(kind, self._programme, by=None)

    def under(self, kind: str, name: str, owner: Record) -> list[Record]:
        """Give the records of a kind that belong to another."""
        if (kind, name) not in self._grouped:
            grouped: dict[str, list[Record]] = defaultdict(list)
            for one in self.of(kind):
                grouped[one[name]].append(one)
            self._grouped[kind, name] = grouped
        return self._grouped[kind, name].get(owner["id"], [])


def _place(one: Record) -> dict[str, str]:
    return {"area": one["wijk"] or "", "city": one["stad"] or ""}


def _texts(one: Record, **names: str) -> dict[str, str]:
    """Give the texts of a record under the names of the state; nothing is an empty text."""
    return {ours: one[theirs] or "" for ours, theirs in names.items()}


def _ambition(one: Record) -> told.Ambition:
    return told.Ambition(
        **_place(one),
        **_texts(
            one,
            theme="thema",
            words="tekst",
            satisfied_when="tevredenAls",
            indicator="indicator",
            caveat="voorbehoud",
            ended_because="beeindigdOmdat",
        ),
        target=one["doel"],
        target_year=one["doelJaar"],
    )


def _agreement(one: Record, parts: _Parts) -> told.Agreement:
    return told.Agreement(
        **_place(one),
        title=one["titel"],
        number=one["nummer"],
        signed_on=one["ondertekendOp"],
        partners=tuple(one["partijen"]),
        why=one["waarom"] or "",
        is_replaced=one["stand"] == "replaced",
        items=tuple(_item(item, parts) for item in parts.under("onderdelen", "afspraak", one)),
    )


def _item(one: Record, parts: _Parts) -> told.Item:
    return told.Item(
        what=one["wat"],
        partner=one["partij"] or "",
        due=one["klaarOp"],
        status=told.ItemStatus(one["stand"]),
        budget_cents=one["bedragCenten"],
        budget_status=one["zekerheid"] or "",
        reported=_said(parts.under("meldingen", "onderdeel", one)),
        found=_said(parts.under("bevindingen", "onderdeel", one)),
        why=one["beeindigdOmdat"] or one["waarom"] or "",
    )


def _said(rows: Iterable[Record]) -> tuple[told.Said, ...]:
    return tuple(
        told.Said(
            on=one["op"],
            status=told.ItemStatus(one["stand"]),
            text=one["tekst"] or "",
            evidence=one.get("bewijs") or "",
            spent_cents=one.get("uitgegevenCenten"),
        )
        for one in rows
    )


def _measure(one: Record, parts: _Parts) -> told.Measure:
    return told.Measure(
        **_place(one),
        **_texts(
            one,
            name="naam",
            aim="doel",
            theme="thema",
            end_class="einde",
            ended_because="beeindigdOmdat",
            partner="partij",
        ),
        started=one["begonnenOp"],
        indicators=tuple(one["indicatoren"] or ()),
        lag=one["naJaren"],
        ended=one["geeindigdOp"],
        cost_cents=one["kostenCenten"],
        outputs=tuple(
            told.Output(
                year=output["jaar"],
                what=output["wat"] or "",
                quantity=output["aantal"],
                unit=output["eenheid"] or "",
                source=output["bron"] or "",
                is_checked=output["nagekeken"],
            )
            for output in parts.under("opbrengsten", "maatregel", one)
            if output["wat"]
        ),
    )


def _decision(one: Record) -> told.Decision:
    return told.Decision(
        **_place(one),
        course=told.Course(one["besluit"]),
        decided_on=one["beslotenOp"],
        grounds=tuple(one["bronnen"]),
        parliament_informed_on=one["kamerGeinformeerdOp"],
        **_texts(one, why="waarom", edition="editie", returns_when="keertTerugAls", parliament_paper="kamerstuk"),
    )


def _visitation(one: Record, parts: _Parts) -> told.Visitation:
    return told.Visitation(
        **_place(one),
        **_texts(one, committee="commissie", findings="bevindingen", report_at="rapport"),
        on=one["op"],
        recommendations=tuple(
            told.Recommendation(
                **_texts(said, text="tekst", to="aan", status="stand", answer="antwoord", answer_text="toelichting")
            )
            for said in parts.under("aanbevelingen", "visitatie", one)
        ),
    )


def _promise(one: Record) -> told.Promise:
    return told.Promise(
        **_place(one),
        **_texts(one, sort="soort", paper="stuk", text="tekst", answer="antwoord", answer_paper="antwoordStuk"),
        due=one["klaarOp"],
        answered_on=one["beantwoordOp"],
    )


def _stories(rows: list[dict[str, Any]], today: date) -> tuple[told.Story, ...]:
    pictures = _pictures([one["id"] for one in rows], today)
    return tuple(
        told.Story(
            **_place(one),
            **_texts(
                one, key="id", title="titel", text="tekst", evidence="bewijs", indicator="indicator", teller="partij"
            ),
            year=one["jaar"],
            was_sought=one["gezocht"],
            pictures=tuple(pictures.get(one["id"], ())),
        )
        for one in rows
    )


def _pictures(keys: list[str], today: date) -> dict[str, list[told.Picture]]:
    """Find the photos of stories for which the consent of everybody who is on them holds."""
    stories = Story.objects.filter(key__in=keys).prefetch_related("consents")
    shown = [one.key for one in stories if may_be_shown(one, today)]
    found: dict[str, list[told.Picture]] = defaultdict(list)
    for one in Attachment.objects.filter(kind=Kind.STORY, thing__in=shown, erased_at=None).order_by("pk"):
        if one.is_image and one.shows.strip():
            found[one.thing].append(told.Picture(sha256=one.sha256, media_type=one.media_type, alt=one.shows))
    return found
