"""Plain text: words only, and not the source of a page that a browser would show."""

import re

from documents.checks.refusing import OTHER_KIND, NotTaken

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Pages, pictures and programs that are made of text; and formats whose first word names them.
MARKUP = re.compile(
    r"\s*(?:<\?(?:xml|php)|<!doctype|<!--|</?(?:html|head|body|script|svg|iframe|object|embed|meta|style)\b|\{\\rtf|#!|%!PS)",
    re.IGNORECASE,
)
HTML = re.compile(r"<(?:html|script|svg|iframe|object|embed)\b", re.IGNORECASE)


def check_text(data: bytes) -> None:
    """Raise NotTaken for what is not text in UTF-8, UTF-16 with its mark, or Windows' western letters."""
    text = _read(data)
    if text is None or CONTROLS.search(text) or MARKUP.match(text) or HTML.search(text[:4096]):
        raise NotTaken(OTHER_KIND)


def _read(data: bytes) -> str | None:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
