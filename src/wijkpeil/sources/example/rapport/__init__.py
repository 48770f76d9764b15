"""The progress report that an editor of Voorbeeldland wrote: all sections of a letter, and each figure a reference."""

from importlib import resources


def files() -> dict[str, str]:
    """Give the text by name of file: the title in ``rapport.toml``, and a file of Markdown per section."""
    folder = resources.files(__package__)
    found = {one.name: one for one in folder.iterdir() if one.name.endswith((".md", ".toml"))}
    return {name: found[name].read_text(encoding="utf-8") for name in sorted(found)}
