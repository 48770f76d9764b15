"""Writes the published schemas and their page into the packaged policy folder (``make fix`` does this)."""

from wijkpeil.catalogue import packaged_folder, published

if __name__ == "__main__":
    for name, text in published().items():
        (packaged_folder() / "schema" / name).write_text(text, encoding="utf-8")
