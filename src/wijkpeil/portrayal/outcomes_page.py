"""The outcomes of a programme as a page in Markdown: how to read it, in short, and a table per theme."""

from collections.abc import Iterable, Sequence

from wijkpeil.domain.outcomes import About
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.outcomes import Outcome, theme_table, whole_sentences
from wijkpeil.portrayal.subject import EditionCard, edition_words, warnings
from wijkpeil.portrayal.table import Cell, Table
from wijkpeil.portrayal.words import Speaker

GUIDE = (
    mark("**Kleiner** telt in hoeveel wijken de achterstand kleiner werd (of de voorsprong groter), hoe weinig ook."),
    mark(
        "**Door toeval** is wat je telt als er *niets* veranderd is: 95% van de keren zoveel wijken. Valt de telling "
        "daarbinnen, dan kan het net zo goed toeval zijn."
    ),
    mark(
        "Wijken van één stad delen het toeval van die stad. Bij *gelijkende wijken*, een groep of het land delen alle "
        "wijken het. Dat maakt de marge ruim."
    ),
    mark(
        "Van een heel thema weten we niet hoe de cijfers samenhangen. Daar laten we alle cijfers van een wijk samen "
        "geluk of pech hebben: ruimer kan de marge niet zijn."
    ),
    mark(
        "**Gemiddeld** is hoeveel het verschil veranderde: eerst telt elke wijk even zwaar, daarna elke inwoner. De "
        "telling en het gemiddelde kunnen elk een andere kant op wijzen; dat staat er dan bij."
    ),
    mark(
        "**Oordelen** zijn getoetst, met correctie voor alles wat tegelijk getoetst is. Ze gaan over een verandering "
        "die groter is dan de drempel die vooraf vaststond."
    ),
    mark("De telling met haar toeval en de oordelen zijn twee verschillende vragen. We zetten ze nooit in één zin."),
    mark(
        "**Niet te zeggen**: geschatte cijfers (RIVM, Leefbaarometer) en cijfers zonder bekende marge beschrijven we "
        "en beoordelen we niet. Bijna alle landelijke cijfers zijn geschat."
    ),
    mark(
        "De achterstand op de stad kan kleiner worden doordat de stad achteruitging, en naast gelijkende wijken kan "
        "het anders zijn dan naast de stad. Kijk dus naar meer dan één vergelijking."
    ),
    mark(
        "Een telling buiten de marge wijst op een verandering, niet op de oorzaak: dit is geen bewijs dat een aanpak "
        "werkte."
    ),
)
"""How to read the page, in ten lines."""


def outcomes_page(
    speaker: Speaker,
    edition: EditionCard,
    programme: Programme,
    found: Sequence[Outcome],
    *,
    commands: Sequence[str],
    seed: int,
) -> str:
    """Write the whole page; ``commands`` are what makes it anew, and ``seed`` what luck was drawn with."""
    language = speaker.language
    say = language.say
    themes = [theme_table(speaker, theme, found) for theme in speaker.policy.theme]
    title = say("Uitkomsten: {programme}", programme=language.label(programme))
    how, short = say("Zo lees je dit"), say("In het kort")
    parts = [
        f"# {title}",
        say("Deze pagina is gemaakt met:"),
        "```sh\n" + "\n".join(commands) + "\n```",
        *(f"**{about}** {text}" for about, text in warnings(language, edition, speaker.policy)),
        say(
            "{edition}. Toeval is 10.000 keer getrokken, steeds met hetzelfde begin ({seed}).",
            edition=edition_words(language, edition),
            seed=seed,
        ),
        *([programme.note] if programme.note and language.code == "nl" else []),
        f"## {how}",
        "\n".join(f"{place}. {say(line)}" for place, line in enumerate(GUIDE, start=1)),
        f"## {short}",
        "\n".join(f"- {' '.join(whole_sentences(speaker, one))}" for one in found if one.about is About.PROGRAMME),
        *(_section(table) for table in themes if table),
    ]
    return "\n\n".join(parts) + "\n"


def _section(table: Table) -> str:
    head = [_line((header,) for header in table.headers), _line(("---",) for _ in table.headers)]
    rows = [_line(row) for row in table.rows]
    notes = ["\n".join(f"- {note}" for note in table.notes)] if table.notes else []
    return "\n\n".join([f"## {table.caption}", "\n".join([*head, *rows]), *notes])


def _line(cells: Iterable[Cell]) -> str:
    return "| " + " | ".join("<br>".join(cell).replace("|", "\\|") for cell in cells) + " |"
