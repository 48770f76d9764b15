"""Lays down a policy folder to start from: small, complete, with a comment at every key."""

import shutil
from pathlib import Path

from wijkpeil.catalogue.complaints import Where
from wijkpeil.domain.complaint import FaultsFound

STARTER = Path(__file__).parent / "starter"


def lay_down(folder: Path) -> tuple[Path, ...]:
    """Write the starter into a folder and give the files that were written.

    Raises ``FaultsFound``, and writes nothing, when something is there already: a folder of one's own is never
    overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sentence = "Hier staat al iets, en dat wordt niet overschreven: kies een nieuwe of lege map."
        raise FaultsFound((Where(str(folder)).complain(sentence),))
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
