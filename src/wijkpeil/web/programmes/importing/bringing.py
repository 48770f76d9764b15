"""A workbook comes in as a whole or not at all: tried first, then kept, all in one transaction with its lines."""

from django.db import connection, transaction

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.importing.reading import Read, read
from wijkpeil.web.programmes.importing.report import Mode, Report, Status, Told
from wijkpeil.web.programmes.importing.rows import Bringing
from wijkpeil.web.programmes.importing.surroundings import Surroundings
from wijkpeil.web.programmes.importing.workbook import MOST_ROWS, RefusedWorkbookError, open_workbook

_LOCK = 7_421_013


def bring_in(content: bytes, name: str, around: Surroundings, *, by: Account, mode: Mode) -> Report:
    """Bring a workbook in as drafts of somebody, or try to; give what became of every row.

    A trial does everything and undoes it, so that it says exactly what would happen. With ``Mode.ALL`` one faulty row
    undoes everything as well. Raises ``RefusedWorkbookError`` for what is no workbook or holds too much.
    """
    found, notes = read(open_workbook(content, name=name), around.language)
    if sum(len(one.lines) for one in found) > MOST_ROWS:
        raise RefusedWorkbookError(
            mark("Er staan meer dan {most} regels in dit bestand. Verdeel ze over meer bestanden."), most=MOST_ROWS
        )
    if not any(one.lines or one.faults for one in found):
        raise RefusedWorkbookError(
            mark("Er staan geen regels in dit bestand. Vul een blad van het sjabloon in, en stuur het opnieuw.")
        )
    with transaction.atomic():
        _wait_for_turn()
        bringing = Bringing(around, by)
        sheets = [_told(one, bringing) for one in found]
        report = Report(mode=mode, sheets=sheets, notes=notes)
        is_kept = mode is not Mode.TRIAL and not (mode is Mode.ALL and report.has_faults)
        if not is_kept:
            transaction.set_rollback(True)
    is_written = is_kept and report.counts[Status.ADDED] > 0
    return Report(mode=mode, sheets=sheets, notes=notes, is_written=is_written)


def _told(one: Read, bringing: Bringing) -> Told:
    headings = [column.heading for column in one.columns]
    if one.faults:
        return Told(name=one.sheet.name, headings=headings, faults=one.faults)
    rows = [bringing.row(one.sheet, one.columns, line) for line in one.lines]
    return Told(name=one.sheet.name, headings=headings, rows=rows)


def _wait_for_turn() -> None:
    """Let two of the same file come in one after the other, so that the second finds what the first brought."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
