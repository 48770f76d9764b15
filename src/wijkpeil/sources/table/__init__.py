"""Your own table: any CSV or Excel file, in wide or long form, with a small file that says what is what."""

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import ParsedTable, Parser, parsed_table
from wijkpeil.sources.table.reading import read_table

MAPPING_FILE = ".tabel.toml"
"""What stands behind the name of a table in the name of the file beside it that describes it."""


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a table of one's own as one table of a source, laid out as ``table.mapping`` says.

    The mapping stands at the table in ``beleid/bronnen``, or in the file beside it (``<name>.tabel.toml``), which
    ``folder.look_through`` puts in its place: who holds the file knows it best. Raises ``FaultsFound`` when there is
    neither, and for whatever cannot be read at all.
    """
    if table.mapping is None:
        sentence = f"Niemand heeft deze tabel beschreven: maak {file}{MAPPING_FILE} met 'wijkpeil table describe'."
        raise refuse(file, sentence)
    read = read_table(data, table.mapping, file=file, year=table.year)
    return parsed_table(read.frame, source=source, table=table, file=file, complaints=read.complaints, lines=read.lines)


FORMS: dict[str, Parser] = {"eigen_tabel": parse}
"""The form of a table of one's own, and its parser."""
