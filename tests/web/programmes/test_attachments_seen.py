"""Pictures and PDFs: hostile ones are refused with a sentence, and what is taken tells of nobody."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from sent_files import (
    SECRET,
    archive,
    pdf,
    picture,
    refused,
    told_of,
)
from wijkpeil.web.programmes.attachments import images, pdfs
from wijkpeil.web.programmes.attachments.cleaning import clean
from wijkpeil.web.programmes.attachments.jpeg_segments import without_told
from wijkpeil.web.programmes.attachments.types import (
    PDF,
)


class TestPictures:
    """They are drawn anew."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_where_and_by_whom_a_picture_was_taken_is_gone_and_it_stands_upright(self, kind):
        cleaned = clean(picture(kind, exif=told_of()), "foto.html")
        with Image.open(io.BytesIO(cleaned.content)) as drawn:
            assert (drawn.format, drawn.size) == (kind, (20, 40)), "it was turned as its EXIF said"
            assert not dict(drawn.getexif())
            assert not {"icc_profile", "exif", "comment", "xmp"} & drawn.info.keys()
        assert SECRET not in cleaned.content

    def test_comments_and_what_stands_behind_a_picture_are_gone(self):
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", "Canarie")
        assert SECRET not in clean(picture("PNG", pnginfo=told) + b"<script>Canarie</script>", "x").content
        assert SECRET not in clean(picture(comment=SECRET) + archive({"Canarie.html": SECRET}), "x").content

    def test_colours_of_a_profile_become_those_of_every_screen(self):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        with Image.open(io.BytesIO(clean(picture("PNG", icc_profile=profile), "x").content)) as drawn:
            assert drawn.getpixel((0, 0))[:3] == pytest.approx((255, 0, 0), abs=2)
            assert "icc_profile" not in drawn.info

    def test_what_is_clear_in_a_picture_with_a_palette_stays_clear(self):
        drawn = Image.new("P", (4, 4), 0)
        drawn.putpalette([255, 0, 0, 0, 0, 255])
        written = io.BytesIO()
        drawn.save(written, "PNG", transparency=0)
        with Image.open(io.BytesIO(clean(written.getvalue(), "x").content)) as opened:
            assert opened.convert("RGBA").getpixel((0, 0))[3] == 0

    def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(self):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
        bomb = (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(b"\0" * 100))
            + chunk(b"IEND", b"")
        )
        refused(bomb, "te groot")
        assert images.MOST_PIXELS == 40_000_000

    def test_what_moves_or_is_broken_is_refused(self):
        frames = [Image.new("RGB", (4, 4), one) for one in ("red", "blue")]
        for kind in ("PNG", "WEBP"):
            moving = io.BytesIO()
            frames[0].save(moving, kind, save_all=True, append_images=frames[1:])
            refused(moving.getvalue(), "bewegende")
        refused(picture()[:100], "niet te lezen")

    def test_a_picture_in_another_file_keeps_its_own_bytes_and_loses_what_is_told(self):
        whole = picture(exif=told_of(), comment=SECRET)
        cut = without_told(whole)
        assert SECRET in whole
        assert SECRET not in cut
        assert Image.open(io.BytesIO(cut)).tobytes() == Image.open(io.BytesIO(whole)).tobytes()
        assert without_told(b"geen plaatje") == b"geen plaatje"
        assert without_told(whole[:30]).startswith(b"\xff\xd8")


def script(made):
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(made):
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
    made.pages[0].Annots = pikepdf.Array([note])


def link_to(at):
    def change(made):
        act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=at)
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
        made.pages[0].Annots = pikepdf.Array([note])

    return change


def embed(made):
    made.attachments["kwaad.exe"] = b"MZ"


def xfa(made):
    made.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(made, b"<xdp/>"), Fields=[])


def sound(made):
    made.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie, Rect=[0, 0, 9, 9])]
    )


def signature(made):
    signed = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=b"x")
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Handtekening", V=made.make_indirect(signed))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[made.make_indirect(field)])


def nested_script(made):
    inner = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.Stream(made, b"app.alert(1)"))
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", inner]))


class TestPdfs:
    """They are written anew."""

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (script, "programma"),
            (nested_script, "programma"),
            (launch, "programma"),
            (xfa, "programma"),
            (embed, "ander bestand"),
            (sound, "beeld of geluid"),
            (signature, "handtekening"),
            (link_to("file:///etc/passwd"), "link"),
            (link_to("javascript:alert(1)"), "link"),
            (link_to("\\\\kwaad\\map"), "link"),
        ],
    )
    def test_a_pdf_that_does_something_is_refused(self, change, says):
        refused(pdf(change), says)

    def test_a_link_to_a_website_stays(self):
        assert b"https://voorbeeld.example/" in clean(pdf(link_to("https://voorbeeld.example/")), "x").content

    def test_who_made_a_pdf_and_who_remarked_in_it_is_gone(self):
        def describe(made):
            made.docinfo["/Author"] = "Canarie"
            with made.open_metadata() as said:
                said["dc:creator"] = ["Canarie"]
            page = made.pages[0]
            page.PieceInfo = pikepdf.Dictionary(Canarie=pikepdf.Dictionary())
            remark = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, Rect=[0, 0, 9, 9], T="Canarie", Contents="Goed"
            )
            page.Annots = pikepdf.Array([remark])
            photo = pikepdf.Stream(made, picture(exif=told_of()))
            photo.update(
                {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Filter": pikepdf.Name.DCTDecode}
            )
            photo.update({"/Width": 40, "/Height": 20, "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8})
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(photo)))

        before = pdf(describe)
        cleaned = clean(before, "notulen.pdf")
        assert cleaned.format is PDF
        with pikepdf.open(io.BytesIO(before)) as sent, pikepdf.open(io.BytesIO(cleaned.content)) as opened:
            assert any(b"Canarie" in whole(one) for one in sent.objects)
            assert not any(b"Canarie" in whole(one) for one in opened.objects)
            assert "/Info" not in opened.trailer
            assert opened.pages[0].Annots[0].Contents == "Goed"

    def test_earlier_versions_and_whatever_stands_around_a_pdf_are_gone(self):
        cleaned = clean(pdf() + b"\n<script>Canarie</script>\n" + archive({"x": SECRET}), "x").content
        assert SECRET not in cleaned
        assert not zipfile.is_zipfile(io.BytesIO(cleaned))
        refused(b"<html><script>Canarie</script>" + pdf(), "herkennen")

    def test_a_pdf_with_a_password_or_too_many_pages_or_none_is_refused(self, monkeypatch):
        for user in ("geheim", ""):
            locked = io.BytesIO()
            with pikepdf.open(io.BytesIO(pdf())) as made:
                made.save(locked, encryption=pikepdf.Encryption(owner="baas", user=user))
            refused(locked.getvalue(), "wachtwoord" if user else "beveiligd")
        assert pdfs.MOST_PAGES == 500
        monkeypatch.setattr(pdfs, "MOST_PAGES", 3)
        refused(pdf(pages=4), "bladzijden")
        refused(b"%PDF-1.7 kapot", "niet te lezen")


def whole(one):
    raw = one.read_bytes() if isinstance(one, pikepdf.Stream) and "/Filter" not in one else b""
    if isinstance(one, pikepdf.Stream) and str(one.get("/Filter", "")) == "/DCTDecode":
        raw = one.read_raw_bytes()
    return raw + (one.unparse() if not isinstance(one, pikepdf.Stream) else b"") + repr(one).encode()
