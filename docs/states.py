"""Draws the state machines of a programme, and writes who may what, from the tables that the site itself obeys."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

for _key in ("WIJKPEIL_SECRET_KEY", "WIJKPEIL_LOGBOOK_KEY", "WIJKPEIL_ACCOUNT_KEY"):
    os.environ.setdefault(_key, "only to draw pictures with")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkpeil.site.settings")
import django

django.setup()

from wijkpeil.web.accounts.permissions import PERMISSIONS
from wijkpeil.web.accounts.roles import Kind, Reach, Role, Verb
from wijkpeil.web.programmes import states
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Document,
    Item,
    Measure,
    Promise,
    Recommendation,
    Story,
    Visitation,
)

FOLDER = Path(__file__).parent / "handboek"
PAGE = FOLDER / "11-programma.md"
_BLOCK = re.compile(r"(<!-- uit de code: (?P<name>[\w-]+) -->\n).*?(<!-- tot hier -->)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A table of steps with what it is called, and the model whose states it moves."""

    name: str
    title: str
    steps: states.Steps
    model: Any

    @property
    def labels(self) -> dict[str, str]:
        """Give the states, in their order, with their Dutch names."""
        return {str(value): str(label) for value, label in self.model._meta.get_field("state").choices}

    @property
    def buses(self) -> list[tuple[Verb, list[str], list[str]]]:
        """Give every verb that moves something: from these states, each of them, to one of those."""
        found: dict[tuple[Verb, tuple[str, ...]], list[str]] = {}
        for (source, verb), targets in self.steps.items():
            to = tuple(one for one in self.labels if one in targets and one != source)
            if to:
                found.setdefault((verb, to), []).append(str(source))
        return [(verb, sources, list(to)) for (verb, to), sources in found.items()]

    def staying(self, state: str) -> list[Verb]:
        """Give what can be done in a state and may leave it as it is."""
        return [verb for (source, verb), to in self.steps.items() if source == state and state in to]

    def seen(self, state: str) -> str:
        """Say who sees it in a state."""
        public = {str(one) for one in self.model.PUBLIC}
        return (
            "iedereen" if state in public else "wie in het programma werkt" if public else "net als waar het bij hoort"
        )


MACHINES = {
    one.name: one
    for one in (
        Machine(name="ambitie", title="Ambitie", steps=states.AMBITION, model=Ambition),
        Machine(name="afspraak", title="Versie van een afspraak", steps=states.AGREEMENT, model=Agreement),
        Machine(name="onderdeel", title="Onderdeel van een afspraak", steps=states.ITEM, model=Item),
        Machine(name="maatregel", title="Maatregel", steps=states.MEASURE, model=Measure),
        Machine(name="besluit", title="Statusbesluit", steps=states.DECISION, model=Decision),
        Machine(name="visitatie", title="Visitatie en beoordeling", steps=states.PUBLICATION, model=Visitation),
        Machine(name="aanbeveling", title="Aanbeveling", steps=states.RECOMMENDATION, model=Recommendation),
        Machine(name="toezegging", title="Toezegging", steps=states.PROMISE, model=Promise),
        Machine(name="verhaal", title="Verhaal", steps=states.STORY, model=Story),
        Machine(name="rapport", title="Rapport", steps=states.DOCUMENT, model=Document),
    )
}

BLUE = "#154273"
LEFT, BOX, TOP, GAP, SLOT, LANE = 34, 210, 62, 18, 14, 128
"""In pixels: the margin, the width of a box, the room for the verbs, between boxes, per line at a box, per verb."""


def picture(machine: Machine) -> str:
    """Draw it: a box per state, and per verb one line that leaves states with a dot and enters states with an arrow."""
    slots = _slots(machine)
    boxes, below = {}, TOP
    for state in machine.labels:
        height = max(46, SLOT * (len(slots[state]) + 1))
        boxes[state] = (below, height)
        below += height + GAP
    width, height = LEFT + BOX + 24 + LANE * len(machine.buses), below
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="13" role="img">',
        f"<title>{escape(machine.title)}: standen en stappen</title>",
        '<defs><marker id="pijl" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="{BLUE}"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_lines(machine, slots, boxes),
        *_boxes(machine, boxes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _slots(machine: Machine) -> dict[str, list[tuple[int, bool]]]:
    """Give for every state the lines at its box, from the top: the number of the verb, and whether it comes in."""
    found: dict[str, list[tuple[int, bool]]] = {state: [] for state in machine.labels}
    for place, (_, sources, targets) in enumerate(machine.buses):
        for state in machine.labels:
            if state in targets:
                found[state].append((place, True))
            if state in sources:
                found[state].append((place, False))
    return found


def _lines(
    machine: Machine, slots: Mapping[str, list[tuple[int, bool]]], boxes: Mapping[str, tuple[int, int]]
) -> Iterator[str]:
    edge = LEFT + BOX
    for place, (verb, _, _) in enumerate(machine.buses):
        lane, levels = edge + 24 + LANE * place + LANE // 2, []
        for state, at in slots.items():
            for number, (which, comes_in) in enumerate(at):
                if which != place:
                    continue
                top, height = boxes[state]
                level = top + round(height * (number + 1) / (len(at) + 1))
                levels.append(level)
                yield _stroke(f"M{lane} {level}H{edge}", ' marker-end="url(#pijl)"' if comes_in else "")
                if not comes_in:
                    yield f'<circle cx="{lane}" cy="{level}" r="4" fill="{BLUE}"/>'
        yield _stroke(f"M{lane} {TOP - 22}V{max(levels)}")
        yield _text(lane, TOP - 30, str(verb.label), f'text-anchor="middle" fill="{BLUE}" font-weight="600"')


def _boxes(machine: Machine, boxes: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    first = next(iter(boxes))
    for state, (top, height) in boxes.items():
        middle, is_last = top + height // 2, not any(source == state for source, _ in machine.steps)
        is_public = machine.seen(state) == "iedereen"
        note = "openbaar" if is_public else "niet openbaar" if machine.model.PUBLIC else ""
        if is_last:
            note = f"{note}, einde" if note else "einde"
        yield (
            f'<rect x="{LEFT}" y="{top}" width="{BOX}" height="{height}" rx="6" stroke="#222" '
            f'fill="{"#dff0d8" if is_public else "#f3f3f3"}" stroke-width="{3 if is_last else 1.5}"/>'
        )
        yield _text(LEFT + 12, middle - 3, machine.labels[state], 'fill="#111" font-weight="600"')
        yield _text(LEFT + 12, middle + 14, note, 'fill="#333" font-size="12"')
        if state == first:
            yield f'<circle cx="12" cy="{middle}" r="6" fill="#222"/>'
            yield _stroke(f"M18 {middle}H{LEFT}")


def _stroke(path: str, more: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="1.5"{more}/>'


def _text(x: int, y: int, said: str, look: str) -> str:
    return f'<text x="{x}" y="{y}" {look}>{escape(said)}</text>'


def table(machine: Machine) -> str:
    """Write the same in words: a row per state and verb."""
    rows = ["| stand | wie ziet het | wat kan er | dan wordt het |", "| --- | --- | --- | --- |"]
    for state, label in machine.labels.items():
        steps = [(verb, to) for (source, verb), to in machine.steps.items() if source == state]
        if not steps:
            rows.append(f"| {label} | {machine.seen(state)} | niets meer | |")
        for verb, to in steps:
            names = [machine.labels[one] for one in machine.labels if one in to]
            rows.append(f"| {label} | {machine.seen(state)} | {verb.label} | {' of '.join(names)} |")
    return "\n".join(rows) + "\n"


def rights() -> str:
    """Write who may what, row by row of the table of permissions; a role that may nothing has no column."""
    roles = [one for one in Role if any(one in row for row in PERMISSIONS.values())]
    rows = [
        "| wat | doen | " + " | ".join(str(one.label) for one in roles) + " |",
        "| --- | --- |" + " --- |" * len(roles),
    ]
    said = {Reach.SCOPE: "ja", Reach.OWN: "eigen partij"}
    for (kind, verb), row in PERMISSIONS.items():
        cells = " | ".join(said[row[one]] if one in row else "–" for one in roles)
        rows.append(f"| {Kind(kind).label} | {Verb(verb).label} | {cells} |")
    return "\n".join(rows) + "\n"


def file_of(machine: Machine) -> Path:
    """Give where its picture lies."""
    return FOLDER / "beelden" / f"standen-{machine.name}.svg"


def page(text: str) -> str:
    """Give the chapter with everything that is made from the code made anew."""

    def made(found: re.Match[str]) -> str:
        name = found["name"]
        body = rights() if name == "rechten" else _of_machine(MACHINES[name])
        return f"{found[1]}\n{body}\n{found[3]}"

    return _BLOCK.sub(made, text)


def _of_machine(machine: Machine) -> str:
    alternative = f"{machine.title}: de standen en stappen; dezelfde staan in de tabel hieronder"
    return f"![{alternative}](beelden/{file_of(machine).name})\n\n{table(machine)}"


if __name__ == "__main__":
    for one in MACHINES.values():
        file_of(one).write_text(picture(one), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
