"""Pictures, drawn anew: what is to be seen stays, where and with what it was taken goes."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import JPEG, PNG, WEBP, Format, RefusedFileError

MOST_PIXELS = 40_000_000
_READ_AS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_QUALITY = 90
_TOO_LARGE = mark("Deze afbeelding is te groot: meer dan {most} miljoen beeldpunten. Verklein haar eerst.")
_BROKEN = mark("Deze afbeelding is niet te lezen. Sla haar opnieuw op als JPEG of PNG.")


def clean_image(content: bytes, format_: Format, *, upright: bool = True) -> bytes:
    """Draw a picture anew, without EXIF, comments, colour profile, previews or whatever stood behind it.

    Its colours are put in sRGB, which every screen takes for granted. With ``upright`` it is turned as its EXIF says
    before that goes; a picture in a document is not, as the document turns it. Raises ``RefusedFileError`` for what is
    broken, moves, or has more than ``MOST_PIXELS``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _drawn(content, format_, upright=upright)
    except RefusedFileError:
        raise
    except Image.DecompressionBombError as fault:
        raise RefusedFileError(_TOO_LARGE, most=MOST_PIXELS // 1_000_000) from fault
    except Exception as fault:  # whatever a decoder meets in bytes of a stranger
        raise RefusedFileError(_BROKEN) from fault


def _drawn(content: bytes, format_: Format, *, upright: bool) -> bytes:
    with Image.open(io.BytesIO(content), formats=[_READ_AS[format_]]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise RefusedFileError(_TOO_LARGE, most=MOST_PIXELS // 1_000_000)
        if format_ is not JPEG and getattr(opened, "n_frames", 1) > 1:
            raise RefusedFileError(mark("Een bewegende afbeelding kan niet. Stuur één beeld."))
        opened.load()
        picture = _in_srgb(ImageOps.exif_transpose(opened) if upright else opened.copy(), format_)
    picture.info.clear()
    written = io.BytesIO()
    if format_ is JPEG:
        picture.save(written, "JPEG", quality=_QUALITY, optimize=True, exif=b"")
    elif format_ is PNG:
        picture.save(written, "PNG", optimize=False)
    else:
        picture.save(written, "WEBP", quality=_QUALITY, exif=b"", xmp=b"")
    return written.getvalue()


def _in_srgb(picture: Image.Image, format_: Format) -> Image.Image:
    """Give a picture the colours of sRGB, in a mode that its format can hold and that needs nothing beside it."""
    profile = picture.info.get("icc_profile")
    is_clear = "transparency" in picture.info or picture.mode in {"LA", "PA", "RGBA"}
    if picture.mode not in {"L", "RGB", "RGBA", "CMYK"} or (is_clear and picture.mode != "RGBA"):
        picture = picture.convert("RGBA" if is_clear else "RGB")
    if profile and picture.mode != "L":
        picture = _out_of(profile, picture)
    wanted = "RGB" if picture.mode == "CMYK" or (format_ is JPEG and picture.mode == "RGBA") else picture.mode
    return picture.convert(wanted) if wanted != picture.mode else picture


def _out_of(profile: bytes, picture: Image.Image) -> Image.Image:
    """Turn colours from a profile into sRGB; a profile that does not fit the picture says nothing."""
    try:
        turned = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB" if picture.mode == "CMYK" else picture.mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned if turned is not None else picture
