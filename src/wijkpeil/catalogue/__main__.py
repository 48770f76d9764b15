"""Writes the published schemas and their pages into the packaged folders of policy and studies (``make fix``)."""

from wijkpeil.catalogue import packaged_folder, packaged_studies, published, published_studies

if __name__ == "__main__":
    for folder, files in ((packaged_folder(), published()), (packaged_studies(), published_studies())):
        for name, text in files.items():
            (folder / "schema" / name).write_text(text, encoding="utf-8")
