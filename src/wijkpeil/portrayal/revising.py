"""The revision report in words: what happened to figures and verdicts between two editions, and why."""

from wijkpeil.portrayal.language import Language, mark

CAUSES = {
    "new_period": mark("nieuwe periode"),
    "revised_source": mark("herziene bron"),
    "changed_definition": mark("andere definitie"),
    "changed_method": mark("andere methode"),
    "unexplained": mark("niet verklaard"),
}
"""Why something differs, by ``publication.causes.Cause``."""
KINDS = {
    "added": mark("erbij gekomen"),
    "changed": mark("veranderd"),
    "margin": mark("met een andere marge"),
    "gone": mark("vervallen"),
}
"""What happened to a figure, by ``publication.revision.Kind``."""
STANDINGS = {
    "draft": mark("concept"),
    "embargoed": mark("onder embargo"),
    "published": mark("gepubliceerd"),
    "withdrawn": mark("ingetrokken"),
}
"""What an edition is to readers, by ``publication.states.Standing``."""
ABOUT_CAUSES = {
    "new_period": mark("Er kwam een jaar bij. Het nieuwste cijfer is dus een ander."),
    "revised_source": mark("De bron gaf andere cijfers over dezelfde jaren, of de kaart of bevolking waarop ze staan."),
    "changed_definition": mark("Wij veranderden wat we meten, de drempel, of het programma."),
    "changed_method": mark("Wij veranderden hoe we rekenen, of een regel voor alle cijfers."),
    "unexplained": mark("We weten niet waarom. Zo'n editie publiceren we niet."),
}
"""What a cause means for a reader."""


def cause(language: Language, name: str) -> str:
    """Name a cause."""
    return language.say(CAUSES[name])


def kind(language: Language, name: str) -> str:
    """Name what happened to a figure."""
    return language.say(KINDS[name])
