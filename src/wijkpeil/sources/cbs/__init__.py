"""Statistics Netherlands (CBS): Kerncijfers wijken en buurten and other tables of StatLine, in all their forms."""

from wijkpeil.sources.cbs import code_lists, map_attributes, odata, statline, workbook
from wijkpeil.sources.parsed import Parser

FORMS: dict[str, Parser] = {
    "odata_typed_parquet": odata.parse_parquet,
    "odata_typed_json": odata.parse_json,
    "statline_csv": statline.parse_csv,
    "statline_csv_transposed": statline.parse_transposed,
    "statline_symbols_csv": statline.parse_symbols,
    "kwb_xlsx": workbook.parse,
    "kaart_dbf": map_attributes.parse,
    "codes_parquet": code_lists.parse_parquet,
    "codes_csv": code_lists.parse_csv,
}
"""Form name to parser."""

__all__ = ["FORMS"]
