"""Files as people send them, and as somebody sends them who means harm."""

import io
import zipfile

import pikepdf
import pytest
import xlsxwriter
from docx import Document
from PIL import Image

from wijkpeil.web.programmes.attachments.cleaning import clean
from wijkpeil.web.programmes.attachments.types import (
    ODT,
    RefusedFileError,
)

SECRET = b"Canarie"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(kind="JPEG", size=(40, 20), **saved):
    drawn = Image.new("RGB", size, "white")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    drawn.save(written, kind, **saved)
    return written.getvalue()


def told_of(orientation=6):
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Canarie"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def pdf(change=lambda made: None, pages=1):
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 200))
    change(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def document():
    made = Document()
    made.add_paragraph("Veertig woningen")
    made.add_picture(io.BytesIO(picture(exif=told_of())))
    made.core_properties.author = "Canarie"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def workbook(fill=lambda made: made.add_worksheet().write("A1", 40)):
    written = io.BytesIO()
    made = xlsxwriter.Workbook(written, {"in_memory": True})
    made.set_properties({"author": "Canarie"})
    fill(made)
    made.close()
    return written.getvalue()


def opendocument(body="<text:p>Veertig woningen</text:p>", **parts):
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("script", "script"))
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": ODT.media_type,
            "content.xml": content,
            "meta.xml": "<a>Canarie</a>",
            "Thumbnails/thumbnail.png": SECRET,
            "META-INF/manifest.xml": "<manifest/>",
            **parts,
        }
    )


def archive(members, kind=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", kind) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return written.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_part(content, name, part=b"", old=b"", new=b""):
    """Put a part into a document, or change one that is there."""
    members = parts_of(content)
    members[name] = members[name].replace(old, new, 1) if old else part
    return archive(members)


def linked(content, source, kind, target, mode=""):
    """Let a part of a document lead to something."""
    more = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" {mode}/></Relationships>'
    return with_part(content, source, old=b"</Relationships>", new=more.encode())


def refused(content, says, name="x"):
    with pytest.raises(RefusedFileError) as fault:
        clean(content, name)
    assert says in fault.value.sentence, fault.value.sentence
