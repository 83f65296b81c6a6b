"""The name a file came with, made fit to be shown. It is never part of a path."""

import re
import unicodedata

from django.utils.translation import gettext as _

from documents.kinds import Kind

LONGEST = 100
# Separators of paths, and what Windows forbids in a name or reads as part of a stream.
FORBIDDEN = re.compile(r'[<>:"|?*]')

MADE_INTO_JPEG = re.compile(r"\.hei[cf]\Z", re.IGNORECASE)


def clean_name(given: str, kind: Kind | None = None) -> str:
    """The last part of the name, in one line, without what cannot be seen or turns the reading direction.

    With a `kind` it ends as files of that kind do, so that no program takes it for something else.
    """
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(character if _is_seen(character) else " " for character in unicodedata.normalize("NFC", last))
    name = " ".join(FORBIDDEN.sub(" ", seen).split()).strip(" .")
    if kind is Kind.JPEG:
        name = MADE_INTO_JPEG.sub("", name)
    ending = _ending(name, kind)
    stem = name[: len(name) - len(ending)] if ending and name.lower().endswith(ending.lower()) else name
    stem = stem.strip(" .")[: LONGEST - len(ending)].strip(" .")
    return (stem or _("document")) + ending


def _is_seen(character: str) -> bool:
    """Not a control, a format mark (right-to-left override), half a surrogate pair, or a code without a character."""
    return unicodedata.category(character)[0] != "C" and unicodedata.category(character) not in {"Zl", "Zp"}


def _ending(name: str, kind: Kind | None) -> str:
    if kind is None:
        return ""
    own = next((ending for ending in kind.endings if name.lower().endswith(ending)), "")
    return name[-len(own) :] if own else kind.endings[0]
