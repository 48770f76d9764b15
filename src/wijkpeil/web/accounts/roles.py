"""The roles that people have in a programme, and how far each reaches: a closed list, in the order of the handbook."""

from django.db import models

from wijkpeil.portrayal.language import mark


class Role(models.TextChoices):
    """What somebody does in a programme, a city or a neighbourhood."""

    READER = "reader", mark("Lezer")
    RESIDENTS = "residents", mark("Vertegenwoordiger van bewoners")
    PARTNER = "partner", mark("Partner")
    COORDINATOR = "coordinator", mark("Coördinator van de stad")
    REVIEWER = "reviewer", mark("Onafhankelijke beoordelaar")
    MANAGER = "manager", mark("Programmamanager")
    MINISTER = "minister", mark("Ministerie")
    AUDITOR = "auditor", mark("Controleur")
    ADMINISTRATOR = "administrator", mark("Beheerder")


class Reach(models.TextChoices):
    """Of which things somebody in a role may do a thing."""

    NONE = "none", "geen"
    OWN = "own", "van de eigen partij"
    SCOPE = "scope", "in het eigen gebied"


class Verb(models.TextChoices):
    """Everything that can be done to a thing; reading what is not public yet is one of them."""

    READ = "read", "concept lezen"
    ADD = "add", "toevoegen"
    CHANGE = "change", "wijzigen"
    SUBMIT = "submit", "voorleggen"
    APPROVE = "approve", "goedkeuren"
    SIGN = "sign", "ondertekenen"
    START = "start", "starten"
    REPORT = "report", "melden"
    FIND = "find", "vaststellen"
    END = "end", "beëindigen"
    RESPOND = "respond", "reageren"
    CLOSE = "close", "sluiten"
    TALK = "talk", "gesprek vastleggen"
    DISSENT = "dissent", "bezwaar vastleggen"
    DECIDE = "decide", "besluiten"
    INFORM = "inform", "Kamer informeren"
    PUBLISH = "publish", "publiceren"
    WITHDRAW = "withdraw", "intrekken"
    ERASE = "erase", "wissen"
    ATTACH = "attach", "bijlage toevoegen"
    DETACH = "detach", "bijlage weghalen"
    IMPORT = "import", "inlezen"
    FREEZE = "freeze", "cijfers bevriezen"
    SEND = "send", "verzenden"
    REDACT = "redact", "verhaal eruit halen"
    EXPORT = "export", "alles uitvoeren"
    GRANT = "grant", "rol geven"
    REVOKE = "revoke", "rol intrekken"


class Kind(models.TextChoices):
    """The kinds of things that people do something to."""

    PARTNER = "partner", "partij"
    AMBITION = "ambition", "ambitie"
    AGREEMENT = "agreement", "afspraak"
    ITEM = "item", "onderdeel van een afspraak"
    MEASURE = "measure", "maatregel"
    VISITATION = "visitation", "visitatie"
    RECOMMENDATION = "recommendation", "aanbeveling"
    REVIEW = "review", "beoordeling van een studie"
    TALK = "talk", "statusgesprek"
    DECISION = "decision", "statusbesluit"
    PROMISE = "promise", "toezegging"
    STORY = "story", "verhaal"
    DOCUMENT = "document", "rapport"
    GRANT = "grant", "rol"
    ACCOUNT = "account", "account"
