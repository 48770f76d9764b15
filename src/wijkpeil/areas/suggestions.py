"""The nearest names: what somebody may have meant by a name or a code that is not there."""

from difflib import get_close_matches

import polars as pl

from wijkpeil.areas.names import harmonise, harmonised

_NEAR_ENOUGH = 0.6


def nearest(text: str, names: pl.Series, *, number: int = 5) -> tuple[str, ...]:
    """Give the names that look most like a text: first those that hold the whole of it, then those near to it.

    Compared after harmonising. Returns at most ``number`` of the names as they were written, none where nothing
    is near.
    """
    wanted = harmonise(text)
    if not wanted:
        return ()
    listed = (
        pl.DataFrame({"name": names})
        .with_columns(plain=harmonised(pl.col("name")))
        .unique("plain", keep="first", maintain_order=True)
    )
    written = dict(zip(listed["plain"], listed["name"], strict=True))
    holding = sorted((plain for plain in written if wanted in plain), key=lambda plain: (len(plain), plain))[:number]
    close = get_close_matches(wanted, list(written), n=number, cutoff=_NEAR_ENOUGH) if len(holding) < number else []
    return tuple(written[plain] for plain in list(dict.fromkeys([*holding, *close]))[:number])
