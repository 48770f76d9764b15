"""Names of areas compare after harmonising: numbering, accents, case and punctuation are habits, not places."""

import polars as pl

_NUMBERING = r"^(wijk|buurt|stadsdeel|gebied)\s+\d+[a-d]?\b|^\d+\s+"
_SURROUNDINGS = r"\b(e\s?o|en omgeving|eo)\b"
_GEMEENTE_SUFFIX = r"\((gemeente )?[a-z]{1,2}\.?\)\s*$"
_DRIFTS = {
    "'s-gravenhage": "den haag",
    "'s-hertogenbosch": "den bosch",
}
_SHORT = {"en": " ", "st": "sint", "noord oost": "noordoost", "noord west": "noordwest", "zuid oost": "zuidoost"}


def harmonised(name: pl.Expr) -> pl.Expr:
    """Write names so that two spellings of one place are equal.

    Publishers number their wijken in some years ("Wijk 07 De Kruiskamp") and not in others ("De Kruiskamp"), and
    change accents, dashes, "en" and "e.o." freely. What is left is compared exactly: nothing here guesses. A name that
    is only a number ("Wijk 00") becomes empty: it says nothing about the place.

    Parameters: ``name`` is a string expression; the result is one too, null where the name is null.
    """
    bare = name.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.replace_all("[’`´]", "'")
    for found, written in _DRIFTS.items():
        bare = bare.str.replace_all(found, written, literal=True)
    bare = bare.str.replace(_GEMEENTE_SUFFIX, "")
    bare = bare.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()
    bare = bare.str.replace(_NUMBERING, "").str.replace_all(_SURROUNDINGS, " ")
    for found, written in _SHORT.items():
        bare = bare.str.replace_all(rf"\b{found}\b", written)
    return bare.str.replace_all(r"\s+", " ").str.strip_chars()


def harmonise(name: str) -> str:
    """Write one name as ``harmonised`` writes a column of them."""
    return str(pl.select(harmonised(pl.lit(name))).item())
