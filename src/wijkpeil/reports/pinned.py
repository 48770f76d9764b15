"""What an editor's report rests on besides its figures, as parts of an archive: the text by file, the studies it cites.

A study on the shelf may be replaced by a later computation, and nothing refers to it by hash. The result itself
therefore goes into the archive: the report is made again from what was cited, whatever stands on the shelf by then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.publication.study_records import from_json, to_json
from wijkpeil.reports.written import Written

ABOUT, TEXT, STUDIES = "tekst.json", "tekst/", "onderzoek/"
_ENDING = ".json"


def text_parts(written: Written | None) -> dict[str, bytes]:
    """Give the parts that hold a text: every file under its own name, and what is said about it as a whole."""
    if written is None:
        return {}
    about = {**asdict(written), "parts": [name for name, _ in written.parts]}
    said = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return {ABOUT: said.encode(), **{f"{TEXT}{name}": text.encode() for name, text in written.parts}}


def text_of(parts: Mapping[str, bytes]) -> Written | None:
    """Read the text from the parts, or nothing where there is none; raises ``KeyError`` or ``ValueError``."""
    if ABOUT not in parts:
        return None
    about = json.loads(parts[ABOUT])
    names = about.pop("parts")
    return Written(**about, parts=tuple((name, parts[f"{TEXT}{name}"].decode()) for name in names))


def study_parts(studies: Sequence[StudyResult]) -> dict[str, bytes]:
    """Give the parts that hold the results of studies, each under its id."""
    return {f"{STUDIES}{one.study.id}{_ENDING}": to_json(one).encode() for one in studies}


def studies_of(parts: Mapping[str, bytes]) -> tuple[StudyResult, ...]:
    """Read the studies from the parts, in their order; raises ``ResultDamagedError`` or ``ValueError``."""
    return tuple(from_json(content.decode()) for name, content in parts.items() if name.startswith(STUDIES))
