"""Every fault of the rooms below in one sentence, with the exit code that goes with it."""

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import EditionExistsError, NoSuchEditionError, ShelfBusyError

FAULTS, MISTAKE = 1, 2


def worded(fault: Exception, language: Language) -> tuple[str, int]:
    """Give the sentence for a fault and the exit code; an unforeseen one says how to report it."""
    if isinstance(fault, FaultsFound):
        return "\n".join(str(complaint) for complaint in fault.complaints), FAULTS
    if isinstance(fault, NoSuchEditionError | EditionExistsError):
        return str(fault), MISTAKE
    if isinstance(fault, EditionDamagedError | ShelfBusyError):
        return str(fault), FAULTS
    if isinstance(fault, OSError):
        return _about_file(fault, language)
    said = language.say("Er ging iets mis in Wijkpeil zelf: {kind}: {fault}", kind=type(fault).__name__, fault=fault)
    more = language.say("Meld het ons. Met WIJKPEIL_DEBUG=1 ervoor zie je het hele verhaal.")
    return f"{said}\n{more}", FAULTS


def _about_file(fault: OSError, language: Language) -> tuple[str, int]:
    name = fault.filename or ""
    if isinstance(fault, PermissionError):
        return language.say("Je mag hier niet lezen of schrijven: {name}", name=name), MISTAKE
    if isinstance(fault, FileNotFoundError):
        return language.say("Dit bestand of deze map bestaat niet: {name}", name=name), MISTAKE
    return language.say("Lezen of schrijven lukt niet: {name} ({fault})", name=name, fault=fault.strerror), FAULTS
