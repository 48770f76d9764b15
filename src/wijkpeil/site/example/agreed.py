"""What the story tells of agreements: versions, signatures, items, and what was reported and found of each."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from wijkpeil.site.example.stage import Stage, Step, named, place
from wijkpeil.web.programmes import agreements, items
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.models import Agreement, Item
from wijkpeil.web.programmes.models.agreement import OPEN, OVER

Told = Mapping[str, Any]


def agreements_of(told: Told) -> Iterator[Step]:
    """Give the steps of one version: made (of nothing or of the one before), signed, published and carried out."""
    yield Step(on=told["on"], said=told["id"], do=lambda stage: _make(stage, told))
    if "submitted" in told:
        yield Step(on=told["submitted"], said=told["id"], do=lambda stage: _submit(stage, told))
    if "signed" in told:
        yield Step(on=told["signed"], said=told["id"], do=lambda stage: _sign(stage, told))
    if "published" in told:
        yield Step(on=told["published"], said=told["id"], do=lambda stage: _publish(stage, told))
    for item in told.get("item", []):
        yield from _carried_out(item)


def _make(stage: Stage, told: Told) -> None:
    if "replaces" in told:
        _remake(stage, told)
    else:
        made = Agreement(
            **place(told["area"]),
            **named(told["id"]),
            title=told["title"],
            text=told.get("text", ""),
            valid_to=told.get("valid_to"),
        )
        parties = stage.partners(told["partners"])
        stage.keep(told["id"], agreements.add(made, parties, by=stage.people[told["by"]]))
    for item in told.get("item", []):
        if "follows" not in item:
            _add_item(stage, told, item)


def _remake(stage: Stage, told: Told) -> None:
    old, by = stage.thing(told["replaces"]), stage.people[told["by"]]
    carried = {stage.thing(item["follows"]).key: item for item in told["item"] if "follows" in item}
    going: dict[int | None, str] = {one.pk: one.key for one in old.items.filter(state__in=OPEN)}
    treatments = {
        key: Treatment(reason_class=item.get("how", ""), why=item.get("why", ""), due=item.get("due"))
        for key, item in carried.items()
    }
    new = agreements.renegotiate(old, treatments, by=by, reason=told["why"], seen=old.version)
    Agreement.objects.filter(pk=new.pk).update(**named(told["id"]))
    stage.keep(told["id"], new)
    for follower in new.items.exclude(follows=None):
        item = carried[going[follower.follows_id]]
        Item.objects.filter(pk=follower.pk).update(**named(item["id"]))
        stage.keep(item["id"], follower)
        _revise(stage, item, told["by"])
    texts = {name: told[name] for name in ("text", "valid_to") if name in told}
    parties = stage.partners(told["partners"]) if "partners" in told else None
    if texts or parties is not None:
        fresh = stage.thing(told["id"])
        agreements.change(fresh, texts, parties, by=by, reason="", seen=fresh.version)


def _revise(stage: Stage, item: Told, by: str) -> None:
    """Write down what became different in an item that goes on."""
    if item.get("how", "") in OVER:
        return
    values = {name: item[key] for name, key in (("what", "what"), ("budget_status", "money")) if key in item}
    if "euros" in item:
        values["budget_cents"] = 100 * item["euros"]
    if values:
        one = stage.thing(item["id"])
        items.change(one, values, by=stage.people[by], reason=item.get("why", ""), seen=one.version)


def _add_item(stage: Stage, told: Told, item: Told) -> None:
    made = Item(
        **named(item["id"]),
        agreement=stage.thing(told["id"]),
        what=item["what"],
        partner=stage.parties[item["partner"]],
        budget_cents=100 * item["euros"] if "euros" in item else None,
        budget_status=item.get("money", ""),
        due=item["due"],
        evidence_needed=item["evidence_needed"],
    )
    added = items.add(made, stage.partners(item.get("supporting", [])), by=stage.people[told["by"]])
    stage.keep(item["id"], added)


def _submit(stage: Stage, told: Told) -> None:
    one = stage.thing(told["id"])
    agreements.submit(one, by=stage.people[told["by"]], reason="", seen=one.version)


def _sign(stage: Stage, told: Told) -> None:
    """Have every party sign, or only those that the story names."""
    names = told.get("signers") or [
        name for name, party in stage.parties.items() if party.pk in stage.thing(told["id"]).parties
    ]
    for name in names:
        one = stage.thing(told["id"])
        agreements.sign(one, stage.parties[name], by=stage.speaker(name), seen=one.version)


def _publish(stage: Stage, told: Told) -> None:
    one = stage.thing(told["id"])
    agreements.publish(one, by=stage.people[told["minister"]], reason="", seen=one.version)


def _carried_out(item: Told) -> Iterator[Step]:
    name = item["id"]

    def start(stage: Stage) -> None:
        one = stage.thing(name)
        items.start(one, by=stage.people[item["starter"]], reason="", seen=one.version)

    if "started" in item:
        yield Step(on=item["started"], said=name, do=start)
    for report in item.get("report", []):
        yield Step(on=report["on"], said=name, do=partial(_report, name=name, told=report))
    for finding in item.get("finding", []):
        yield Step(on=finding["on"], said=name, do=partial(_find, name=name, told=finding))
    if "ended" in item:
        yield Step(on=item["ended"]["on"], said=name, do=lambda stage: _end(stage, name, item["ended"]))


def _report(stage: Stage, name: str, told: Told) -> None:
    one = stage.thing(name)
    items.report(
        one,
        told["status"],
        told["text"],
        by=stage.people[told["by"]],
        seen=one.version,
        spent_cents=100 * told["euros"] if "euros" in told else None,
        evidence=told.get("evidence", ""),
    )


def _find(stage: Stage, name: str, told: Told) -> None:
    one = stage.thing(name)
    items.find(one, told["status"], told["text"], by=stage.people[told["by"]], seen=one.version)


def _end(stage: Stage, name: str, told: Told) -> None:
    one = stage.thing(name)
    items.end(one, told["how"], by=stage.people[told["by"]], reason=told["why"], seen=one.version)
