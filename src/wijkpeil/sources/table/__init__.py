"""Your own table: any CSV or Excel file, in wide or long form, with a small file that says what is what."""

from wijkpeil.catalogue.mapping import read_mapping
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import ParsedTable, Parser, parsed_table
from wijkpeil.sources.table.reading import read_table

MAPPING_FILE = ".tabel.toml"
"""What stands behind the name of a table in the name of the file beside it that describes it."""


def parse(data: bytes, *, source: Source, table: Table, file: str, mapping: bytes | None = None) -> ParsedTable:
    """Read a table of one's own as one table of a source.

    ``mapping`` is the content of the file beside it (``<name>.tabel.toml``) and goes before the mapping at the
    table in ``beleid/bronnen``: who holds the file knows it best. Raises ``FaultsFound`` when there is neither, and
    for whatever cannot be read at all.
    """
    layout = read_mapping(mapping, file=file + MAPPING_FILE) if mapping is not None else table.mapping
    if layout is None:
        sentence = f"Niemand heeft deze tabel beschreven: maak {file}{MAPPING_FILE} met 'wijkpeil table describe'."
        raise refuse(file, sentence)
    read = read_table(data, layout, file=file, year=table.year)
    return parsed_table(read.frame, source=source, table=table, file=file, complaints=read.complaints, lines=read.lines)


FORMS: dict[str, Parser] = {"eigen_tabel": parse}
"""The form of a table of one's own, and its parser."""
