"""One table to be fetched: what the policy says of it, turned into where to go and what to bring back."""

from dataclasses import dataclass

from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch.address import moved
from wijkpeil.sources.fetch.assemble import Writer, file_name, writer_for
from wijkpeil.sources.fetch.dialect import Dialect
from wijkpeil.sources.fetch.dialects import DIALECTS
from wijkpeil.sources.fetch.line import Credit


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A table with its interface, its full address, and the file that is made of it."""

    source: Source
    table: Table
    dialect: Dialect
    place: str
    writer: Writer
    file_name: str

    @property
    def where(self) -> str:
        """Name the table as complaints do."""
        return f"{self.source.id}/{self.table.id}"

    @property
    def credit(self) -> Credit:
        """Say whom it is from."""
        return Credit(publisher=self.source.publisher, licence=self.source.licence, attribution=self.source.attribution)


def can_be_fetched(policy: Policy) -> tuple[tuple[Source, Table], ...]:
    """Give the tables of the policy that say where they can be had."""
    return tuple(
        (source, table)
        for source in policy.sources
        for table in source.tables
        if table.protocol is not None and table.address is not None
    )


def errand_for(source: Source, table: Table, *, address_base: str | None) -> Errand:
    """Find out how a table is to be fetched; raises ``FaultsFound`` when the policy does not say enough.

    ``address_base`` is another server to go to, for a mirror or a test.
    """
    dialect = DIALECTS.get(table.protocol or "")
    if dialect is None or not table.address:
        allowed = ", ".join(DIALECTS)
        sentence = f"Deze tabel kan niet worden opgehaald: er hoort een 'address' bij en een 'protocol' uit {allowed}."
        raise _fault(source, table, "protocol", table.protocol or "", sentence)
    writer, name = writer_for(dialect.shape, table.form), file_name(table)
    if writer is None:
        sentence = f"Van wat '{table.protocol}' geeft, kan geen bestand van deze vorm worden gemaakt."
        raise _fault(source, table, "form", table.form, sentence)
    if name is None:
        sentence = "Uit deze patronen volgt geen bestandsnaam; zet er een naam zonder sterretje bij."
        raise _fault(source, table, "files", ", ".join(table.files), sentence)
    place = moved(dialect.place(table.address), address_base)
    return Errand(source=source, table=table, dialect=dialect, place=place, writer=writer, file_name=name)


def _fault(source: Source, table: Table, key: str, found: str, sentence: str) -> FaultsFound:
    """Make the one complaint with which a table is passed over."""
    return FaultsFound((Complaint(file=f"{source.id}/{table.id}", place=key, found=found, sentence=sentence),))
