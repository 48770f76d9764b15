"""Policy and study files become what they say, checked, or one precise complaint for every fault of every file."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from wijkpeil.catalogue import build, rules
from wijkpeil.catalogue.folder import look_through
from wijkpeil.catalogue.schema import published, published_studies
from wijkpeil.catalogue.starter import lay_down
from wijkpeil.catalogue.studies import content_of, read_studies, read_study, study_hash
from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity
from wijkpeil.domain.policy import Policy

__all__ = [
    "content_of",
    "lay_down",
    "load",
    "packaged_folder",
    "packaged_studies",
    "published",
    "published_studies",
    "read_studies",
    "read_study",
    "study_hash",
]


def load(folder: Path, *, today: date, forms: Collection[str] = ()) -> tuple[Policy, tuple[Complaint, ...]]:
    """Read and check a policy folder; give the policy and the warnings.

    Nothing stops at the first fault: whoever changes forty files wants all of it in one go. ``today`` tells which
    reviews are overdue (a warning: figures do not become wrong on that day). ``forms`` are the forms of files that
    can be read; who does not know them leaves them out, and they are not checked.

    Raises ``FaultsFound`` with all complaints, warnings included, when one of them is an error. Files and keys
    are in the order of the folder.
    """
    found, unread = look_through(folder)
    known = found.known()
    shapes = [
        complaint
        for document in found.readable
        for complaint in document.kind.table.faults(document.raw, document.where, known)
    ]
    complaints = (*unread, *shapes, *rules.faults(found, today=today, forms=forms))
    if any(complaint.severity is Severity.ERROR for complaint in complaints):
        raise FaultsFound(tuple(sorted(complaints, key=lambda complaint: complaint.file)))
    return build.policy(found, checked_on=today), complaints


def packaged_folder() -> Path:
    """Give the folder of the policy that comes with the package: inside it, or of the checkout it runs from."""
    return _packaged("beleid")


def packaged_studies() -> Path:
    """Give the folder of the studies that come with the package, likewise."""
    return _packaged("studies")


def _packaged(name: str) -> Path:
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name
