"""From what a file of the story says to steps: each kind of thing, from its beginning to its end."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from wijkpeil.site.example.agreed import agreements_of
from wijkpeil.site.example.judged import decisions_of, reviews_of, talks_of, visitations_of
from wijkpeil.site.example.stage import Stage, Step, named, place
from wijkpeil.web.accounts.granting import Wanted, grant
from wijkpeil.web.accounts.models import Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import ambitions, measures, partners, promises, stories
from wijkpeil.web.programmes.models import Ambition, Consent, Measure, Output, Partner, Promise, Story

Told = Mapping[str, Any]


def steps_of(chapter: Mapping[str, list[dict[str, Any]]]) -> Iterator[Step]:
    """Give every step of a chapter, kind by kind; raises ``ValueError`` for a kind that the story cannot have."""
    unknown = set(chapter) - set(_KINDS)
    if unknown:
        raise ValueError(f"the story has no {', '.join(sorted(unknown))}")
    for kind, read in _KINDS.items():
        for told in chapter.get(kind, []):
            yield from read(told)


def _people(told: Told) -> Iterator[Step]:
    def come(stage: Stage) -> None:
        at = place(told.get("area", ""))
        party = told.get("party")
        until = told.get("until")
        given, _ = grant(
            Wanted(
                email=f"{told['id']}@wijkpeil.example",
                name=told["name"],
                role=Role(told["role"]),
                **at,
                party=stage.parties[party].pk if party else None,
                until=datetime.combine(until, time(), tzinfo=timezone.get_default_timezone()) if until else None,
            ),
            by=None,
            reason="Verzonnen voorbeeld: deze persoon bestaat niet.",
        )
        Grant.objects.filter(pk=given.pk).update(since=timezone.now())
        stage.people[told["id"]] = given.account
        if party:
            stage.speakers.setdefault(party, told["id"])

    yield Step(on=told["on"], said=told["id"], do=come)


def _parties(told: Told) -> Iterator[Step]:
    def join(stage: Stage) -> None:
        at = place(told.get("city", ""))
        made = Partner(**at, **named(told["id"]), name=told["name"], kind=told["kind"])
        stage.parties[told["id"]] = partners.add(made, by=stage.people[told["by"]])
        if "speaker" in told:
            stage.speakers[told["id"]] = told["speaker"]

    yield Step(on=told["on"], said=told["id"], do=join)


def _ambitions(told: Told) -> Iterator[Step]:
    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in ambitions.FIELDS if name in told}
        made = Ambition(**place(told["area"]), **named(told["id"]), **fields)
        stage.keep(told["id"], ambitions.add(made, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    yield from _moments(
        told,
        submitted=lambda one, stage: ambitions.submit(one, by=stage.people[told["by"]], reason="", seen=one.version),
        approved=lambda one, stage: ambitions.approve(
            one, by=stage.people[told["manager"]], reason=told.get("approved_because", ""), seen=one.version
        ),
        ended=lambda one, stage: ambitions.end(
            one, by=stage.people[told["manager"]], reason=told["ended_because"], seen=one.version
        ),
    )


def _measures(told: Told) -> Iterator[Step]:
    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in ("name", "aim", "mechanism", "theme", "indicators", "lag", "started")}
        item = stage.thing(told["item"]) if "item" in told else None
        cost = 100 * told["euros"] if "euros" in told else None
        made = Measure(
            **place(told["area"]),
            **named(told["id"]),
            **fields,
            cost_cents=cost,
            partner=stage.parties[told["partner"]],
            item=item,
        )
        paying = stage.partners(told.get("paid_by", []))
        stage.keep(told["id"], measures.add(made, paying, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    yield from _moments(
        told,
        approved=lambda one, stage: measures.approve(
            one, by=stage.people[told["manager"]], reason="", seen=one.version
        ),
    )
    for output in told.get("output", []):
        yield from _outputs(told, output)
    if "ended" in told:
        yield _end_of_measure(told["id"], told["ended"])


def _outputs(told: Told, output: Told) -> Iterator[Step]:
    fields = {name: output[name] for name in ("year", "what", "quantity", "unit", "source")}
    kept: list[Output] = []

    def report(stage: Stage) -> None:
        one = stage.thing(told["id"])
        by = stage.people[output["by"]] if "by" in output else stage.speaker(told["partner"])
        kept.append(measures.report(one, Output(**fields), by=by, seen=one.version))

    def check(stage: Stage) -> None:
        one = stage.thing(told["id"])
        measures.check(one, kept[-1], by=stage.people[output["reviewer"]], seen=one.version)

    yield Step(on=output["on"], said=told["id"], do=report)
    if "checked" in output:
        yield Step(on=output["checked"], said=told["id"], do=check)


def _end_of_measure(name: str, end: Told) -> Step:
    def do(stage: Stage) -> None:
        one = stage.thing(name)
        measures.end(
            one,
            end["how"],
            by=stage.people[end["by"]],
            reason=end["why"],
            seen=one.version,
            on=end["on"],
            secured_at=end.get("secured_at", ""),
            evaluated_by=end.get("evaluated_by", ""),
        )

    return Step(on=end["on"], said=name, do=do)


def _promises(told: Told) -> Iterator[Step]:
    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in promises.FIELDS}
        made = Promise(**place(told.get("area", "")), **named(told["id"]), **fields)
        stage.keep(told["id"], promises.add(made, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    if "moved" in told:
        moved = told["moved"]
        yield _then(
            told["id"],
            moved["on"],
            lambda one, stage: promises.change(
                one, {"due": moved["due"]}, by=stage.people[told["by"]], reason=moved["why"], seen=one.version
            ),
        )
    if "answer" in told:
        answer = told["answer"]
        yield _then(
            told["id"],
            answer["on"],
            lambda one, stage: promises.answer(
                one,
                text=answer["text"],
                paper=answer["paper"],
                on=answer["on"],
                by=stage.people[told["by"]],
                seen=one.version,
            ),
        )


def _stories(told: Told) -> Iterator[Step]:
    def add(stage: Stage) -> None:
        plain = ("title", "text", "evidence", "year", "indicator", "was_sought", "portrayed")
        fields = {name: told[name] for name in plain if name in told}
        party = stage.parties[told["partner"]] if "partner" in told else None
        made = Story(**place(told["area"]), **named(told["id"]), **fields, partner=party)
        stage.keep(told["id"], stories.add(made, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    for given in told.get("consent", []):
        yield _then(
            told["id"],
            given["given_on"],
            lambda one, stage, given=given: stories.consent(
                one, Consent(**given), by=stage.people[told["by"]], seen=one.version
            ),
        )
    yield from _moments(
        told,
        submitted=lambda one, stage: stories.submit(one, by=stage.people[told["by"]], reason="", seen=one.version),
        published=lambda one, stage: stories.publish(
            one, by=stage.people[told["manager"]], reason="", seen=one.version
        ),
        withdrawn=lambda one, stage: stories.withdraw(
            one, by=stage.people[told["by"]], reason=told.get("withdrawn_because", ""), seen=one.version
        ),
        erased=lambda one, stage: stories.erase(
            one, by=stage.people[told["manager"]], reason=told["erased_because"], seen=one.version
        ),
    )


_Do = Callable[[Any, Stage], None]


def _moments(told: Told, **verbs: _Do) -> Iterator[Step]:
    for moment, do in verbs.items():
        if moment in told:
            yield _then(told["id"], told[moment], do)


def _then(name: str, on: date, do: Callable[..., Any]) -> Step:
    def play(stage: Stage) -> None:
        do(stage.thing(name), stage)

    return Step(on=on, said=name, do=play)


_KINDS: Mapping[str, Callable[[Told], Iterator[Step]]] = {
    "lead": _people,
    "partner": _parties,
    "person": _people,
    "ambition": _ambitions,
    "agreement": agreements_of,
    "measure": _measures,
    "visitation": visitations_of,
    "review": reviews_of,
    "talk": talks_of,
    "decision": decisions_of,
    "promise": _promises,
    "story": _stories,
}
"""In the order in which things of one day happen: who leads comes before the parties, and those before their people."""
