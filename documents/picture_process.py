"""Makes a picture anew: only its pixels are kept, turned upright; where, when and with what it was taken is left out.

A process of its own, which Python runs by path and without our settings: the libraries that read pictures are large
and written in C, and a picture that breaks one of them, or eats memory or time, breaks nothing but this process.
Reads the picture from standard input and writes a JPEG or PNG to standard output.
"""

import io
import resource
import sys

MOST_PIXELS = 50_000_000
MEMORY = 2 * 1024**3
SECONDS = 25

UNREADABLE, TOO_LARGE = 3, 4
FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}


class TooLarge(ValueError):
    """More pixels than are taken."""


def made_anew(data: bytes, kind: str) -> bytes:
    """The picture as JPEG (from JPEG and HEIC) or PNG. Raises TooLarge, or whatever the library meets."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # judged below, before a pixel is unpacked
    if kind == "heic":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    with Image.open(io.BytesIO(data), formats=FORMATS[kind]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    plain = _in_ordinary_colours(upright, transparent=kind == "png")
    plain.info.clear()
    made = io.BytesIO()
    if kind == "png":
        plain.save(made, "PNG")
    else:
        plain.convert("RGB").save(made, "JPEG", quality=92)
    return made.getvalue()


def _in_ordinary_colours(picture, *, transparent):  # type: ignore[no-untyped-def]  # Pillow is not known yet here
    """In sRGB where the picture says what its colours mean: the profile itself does not go with it."""
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode == "P" or (picture.mode in {"L", "RGB"} and "transparency" in picture.info):
        picture = picture.convert("RGBA" if transparent and "transparency" in picture.info else "RGB")
    elif picture.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        picture = picture.convert("RGB")
    if profile and picture.mode in {"RGB", "RGBA"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode=picture.mode)
            picture = converted if isinstance(converted, Image.Image) else picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture  # a broken profile: the colours are shown as they are
    return picture


def main() -> int:
    """Limit ourselves, then work. Says nothing: what a library complains of may quote the picture."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = made_anew(sys.stdin.buffer.read(), sys.argv[1])
    except TooLarge:
        return TOO_LARGE
    except Exception:  # noqa: BLE001  # whatever a hostile picture provokes, it is not taken
        return UNREADABLE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
