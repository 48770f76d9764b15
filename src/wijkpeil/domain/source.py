"""A source: who publishes, under which licence, in which tables, and how a file of it is recognised."""

from dataclasses import dataclass, field

from wijkpeil.domain.mapping import TableMapping


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table (or yearly file) of a source.

    ``year`` is the period of its figures, or ``None`` where a file holds several years and its parser tells
    them apart; ``vintage`` is the map year of its area codes, which is not the same. ``files`` are glob
    patterns of the names under which people keep it. ``provisional`` marks an early release. ``title`` is what
    the table calls itself and is checked before it is used by ``fetch``. ``code_list`` names the columns that
    describe the areas themselves, where the table has them: ``population``, ``land_ha`` or ``land_km2``,
    ``total_ha`` or ``total_km2`` (land and water, as a polygon measures it), ``comparability`` (1 the same,
    2 recoded, 3 redrawn) and ``pc4``; a table without figures may be there for these alone (a list of codes,
    boundaries). ``mapping`` is the layout of a table of one's own (form ``eigen_tabel``).
    """

    id: str
    year: int | None
    vintage: int
    files: tuple[str, ...]
    form: str
    provisional: bool = False
    title: str | None = None
    protocol: str | None = None
    address: str | None = None
    code_list: dict[str, str] = field(default_factory=dict)
    mapping: TableMapping | None = None


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """What is known of the errors of a source.

    ``between_periods`` is the correlation (0-1) between its errors in two periods, through people who are asked
    or counted in both; 0 for samples drawn anew, ``None`` where nobody knows.
    """

    between_periods: float | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file of ``beleid/bronnen``; ``id`` is the file name. ``tables`` are in the order of the file."""

    id: str
    label: str
    publisher: str
    licence: str
    attribution: str
    landing_page: str
    cadence: str
    note: str
    tables: tuple[Table, ...]
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
