"""Every form in which publishers write their tables, and the parser that reads it."""

from wijkpeil.sources import cbs, leefbaarometer, rivm, rotterdam, table, utrecht
from wijkpeil.sources.parsed import Parser

FORMS: dict[str, Parser] = {
    **cbs.FORMS,
    **rivm.FORMS,
    **leefbaarometer.FORMS,
    **rotterdam.FORMS,
    **utrecht.FORMS,
    **table.FORMS,
}
"""Form name (``form`` of a table in ``beleid/bronnen``) to parser."""
