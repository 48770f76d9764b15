"""What the story tells of those who look and decide: visitations, reviews, talks and status decisions."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from wijkpeil.domain.verdict import Verdict
from wijkpeil.site.example.stage import Stage, Step, named, place
from wijkpeil.web.programmes import decisions, talks, visitations
from wijkpeil.web.programmes.models import Decision, Ground, Participant, Recommendation, Review, Talk, Visitation
from wijkpeil.web.programmes.proposal import Judged, Level, Wanted, propose

Told = Mapping[str, Any]


def visitations_of(told: Told) -> Iterator[Step]:
    """Give the steps of a visitation, its recommendations, and what was answered and done."""

    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in ("committee", "met", "findings") if name in told}
        made = Visitation(**place(told.get("area", "")), **named(told["id"]), **fields, on=told["visited"])
        stage.keep(told["id"], visitations.add(made, by=stage.people[told["by"]]))
        for recommendation in told.get("recommendation", []):
            recommend(stage, recommendation)

    def recommend(stage: Stage, one: Told) -> None:
        made = Recommendation(
            **named(one["id"]),
            visitation=stage.thing(told["id"]),
            partner=stage.parties[one["partner"]] if "partner" in one else None,
            text=one["text"],
            due=one.get("due"),
        )
        stage.keep(one["id"], visitations.recommend(made, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    if "published" in told:
        yield _published(told)
    for one in told.get("recommendation", []):
        yield from _answered(one)


def _answered(told: Told) -> Iterator[Step]:
    def respond(stage: Stage) -> None:
        one, answer = stage.thing(told["id"]), told["answer"]
        visitations.respond(one, answer["answer"], answer["text"], by=stage.people[answer["by"]], seen=one.version)

    def close(stage: Stage) -> None:
        one, closed = stage.thing(told["id"]), told["closed"]
        visitations.close(one, closed["state"], by=stage.people[closed["by"]], reason=closed["why"], seen=one.version)

    if "answer" in told:
        yield Step(on=told["answer"]["on"], said=told["id"], do=respond)
    if "closed" in told:
        yield Step(on=told["closed"]["on"], said=told["id"], do=close)


def reviews_of(told: Told) -> Iterator[Step]:
    """Give the steps of a review of a study."""

    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in visitations.REVIEW_FIELDS if name in told}
        made = Review(**place(""), **named(told["id"]), **fields)
        stage.keep(told["id"], visitations.add(made, by=stage.people[told["by"]]))

    yield Step(on=told["on"], said=told["id"], do=add)
    if "published" in told:
        yield _published(told)


def _published(told: Told) -> Step:
    def publish(stage: Stage) -> None:
        one = stage.thing(told["id"])
        visitations.publish(one, by=stage.people[told["minister"]], reason="", seen=one.version)

    return Step(on=told["published"], said=told["id"], do=publish)


def talks_of(told: Told) -> Iterator[Step]:
    """Give the steps of a talk, the dissent, and the day on which names and minutes were erased."""

    def add(stage: Stage) -> None:
        made = Talk(
            **place(told["area"]), **named(told["id"]), on=told["on"], about=told["about"], minutes=told["minutes"]
        )
        there = [Participant(**one) for one in told["participant"]]
        stage.keep(told["id"], talks.add(made, there, by=stage.people[told["by"]]))

    def disagree(stage: Stage, one: Told) -> None:
        talks.dissent(stage.thing(told["id"]), one["text"], by=stage.people[one["by"]])

    def erase(stage: Stage) -> None:
        talks.erase(stage.thing(told["id"]), by=None, reason="De bewaartermijn is voorbij.")

    yield Step(on=told["on"], said=told["id"], do=add)
    for one in told.get("dissent", []):
        yield Step(on=one["on"], said=told["id"], do=partial(disagree, one=one))
    if "erased" in told:
        yield Step(on=told["erased"], said=told["id"], do=erase)


def decisions_of(told: Told) -> Iterator[Step]:
    """Give the steps of a decision; what the figures of then said is told too, as it is kept with the decision."""

    def add(stage: Stage) -> None:
        fields = {name: told[name] for name in ("course", "why", "objections", "returns_when") if name in told}
        talk = stage.thing(told["talk"]) if "talk" in told else None
        made = Decision(**place(told["area"]), **named(told["id"]), **fields, talk=talk)
        judged = [_judged(*one) for one in told["judged"]]
        wanted = [Wanted(words=one["words"], is_reached=one.get("is_reached")) for one in told.get("wanted", [])]
        stage.keep(
            told["id"],
            decisions.add(
                made,
                [Ground(**one) for one in told["ground"]],
                edition=told["edition"],
                judged=judged,
                proposal=propose(judged, wanted),
                by=stage.people[told["by"]],
            ),
        )

    def submit(stage: Stage) -> None:
        one = stage.thing(told["id"])
        decisions.submit(one, by=stage.people[told["by"]], reason="", seen=one.version)

    def decide(stage: Stage) -> None:
        one = stage.thing(told["id"])
        decisions.decide(one, on=told["decided"], by=stage.people[told["minister"]], reason="", seen=one.version)

    def inform(stage: Stage) -> None:
        one, heard = stage.thing(told["id"]), told["informed"]
        decisions.inform(
            one, on=heard["on"], paper=heard["paper"], by=stage.people[told["minister"]], reason="", seen=one.version
        )

    yield Step(on=told["on"], said=told["id"], do=add)
    if "submitted" in told:
        yield Step(on=told["submitted"], said=told["id"], do=submit)
    if "decided" in told:
        yield Step(on=told["decided"], said=told["id"], do=decide)
    if "informed" in told:
        yield Step(on=told["informed"]["on"], said=told["id"], do=inform)


def _judged(indicator: str, comparator: str, level: str, verdict: str) -> Judged:
    return Judged(indicator=indicator, comparator=comparator, level=Level(level), verdict=Verdict(verdict))
