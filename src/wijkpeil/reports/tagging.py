"""What Typst does not tell a screen reader yet, told afterwards: the first cell of a row is the header of that row.

Typst marks the headers of columns, and names them in every cell. With a header for the row as well, both say what they
are about by their scope, and the list of names in each cell, which would leave the row out, goes.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf


def with_row_headers(made: bytes) -> bytes:
    """Make the first cell of every row of every table a header; the same bytes give the same bytes."""
    with pikepdf.open(BytesIO(made)) as pdf:
        found = False
        for table in _tables(pdf):
            found = True
            for row in _rows(table):
                _mark(pdf, row)
        if not found:
            return made
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


_HOLDERS = frozenset({"/Document", "/Div", "/Part", "/Sect", "/Art", "/NonStruct"})
"""Only in these can there be a table: no paragraph, list or picture is looked into."""


def _tables(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = _children(pdf.Root.StructTreeRoot)
    while waiting:
        one = waiting.pop()
        name = str(one.get("/S"))
        if name == "/Table":
            yield one
        elif name in _HOLDERS:
            waiting.extend(_children(one))


def _rows(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for part in _children(table):
        if part.get("/S") == "/TBody":
            yield from (row for row in _children(part) if row.get("/S") == "/TR")
        elif part.get("/S") == "/THead":
            for row in _children(part):
                for cell in _children(row):
                    _drop_names(cell)


def _mark(pdf: pikepdf.Pdf, row: pikepdf.Object) -> None:
    cells = [cell for cell in _children(row) if cell.get("/S") in {"/TD", "/TH"}]
    for place, cell in enumerate(cells):
        _drop_names(cell)
        if place == 0:
            cell.S = pikepdf.Name("/TH")
            about = pikepdf.Dictionary(O=pikepdf.Name("/Table"), Scope=pikepdf.Name("/Row"))
            cell.A = pikepdf.Array([*_attributes(cell), about])


def _drop_names(cell: pikepdf.Object) -> None:
    for one in _attributes(cell):
        if "/Headers" in one:
            del one["/Headers"]


def _attributes(cell: pikepdf.Object) -> list[pikepdf.Object]:
    found = cell.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _children(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = node.get("/K")
    if found is None:
        return []
    listed = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [one for one in listed if isinstance(one, pikepdf.Dictionary)]
