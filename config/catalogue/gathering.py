"""Gathers the marked words of Python files and templates with Babel: GNU gettext need not be installed."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.catalogue.sources import public_files
from config.environment import CLONE

FILE = CLONE / "locale" / "cy" / "LC_MESSAGES" / "django.po"

# As in the Unicode CLDR: zero, one, two, few (3), many (6), other. Django's own Welsh knows four of them.
PLURAL_FORMS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"
PLURAL_NAMES = ("zero", "one", "two", "few (3)", "many (6)", "other")

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# The public words of the house in Welsh.
# Every translation here is to be reviewed by a translator: docs/welsh.md lists them.
# `make messages` gathers new words and rewrites this file; only msgstr is written by hand."""

FIELDS = f"""\
msgid ""
msgstr ""
"Language: cy\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {PLURAL_FORMS}\\n"
"""
# What Django makes of a marked text in a template.
CALL = re.compile(
    r"""
    \b(?:n?p?gettext|_)\(
      (?:[^'"()]*(?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"))+[^'"()]*
    \)
    """,
    re.VERBOSE,
)


def gathered(folder: Path = CLONE) -> Catalog:
    """A catalogue of every public word, none of them translated."""
    catalogue = new_catalogue()
    django = folder / "config" / "catalogue" / "from_django.py"
    for path in [*public_files(folder), *([django.relative_to(folder)] if django.exists() else [])]:
        for line, words, context in words_of(folder / path):
            untranslated = "" if isinstance(words, str) else ("",) * len(PLURAL_NAMES)
            catalogue.add(words, untranslated, locations=[(path.as_posix(), line)], context=context)
    return catalogue


def words_of(path: Path) -> Iterator[tuple[int, str | tuple[str, str], str | None]]:
    """Line, words and context of each marked text in a file; singular and plural go together."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = as_python(templatize(text, origin=str(path)))
    for line, words, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        if words:
            yield line, words if isinstance(words, str) else (words[0], words[1]), context


def as_python(text: str) -> str:
    """What Django makes of a template for gettext, so that Babel can read it too: calls only, no indentation."""
    return "\n".join("; ".join(CALL.findall(line)) for line in text.splitlines())


def new_catalogue() -> Catalog:
    """An empty Welsh catalogue, with our plural forms: Babel's own for Welsh are one too few."""
    return read_po(BytesIO(FIELDS.encode()), locale="cy")


def read(file: Path = FILE) -> Catalog:
    """The catalogue as it stands."""
    with file.open("rb") as content:
        return read_po(content, locale="cy")


def brought_up_to_date(kept: Catalog, folder: Path = CLONE) -> Catalog:
    """All public words of today, translated as far as `kept` has them. What is no longer said is dropped."""
    fresh = gathered(folder)
    for message in fresh:
        known = kept.get(message.id, message.context) if message.id else None
        if known is not None:
            message.string = known.string
    return fresh


def as_text(catalogue: Catalog) -> str:
    """The catalogue as a file: no line numbers and no dates, so that it changes only with the words."""
    content = BytesIO()
    write_po(content, catalogue, width=120, include_lineno=False, omit_header=True, sort_by_file=True)
    return f"{HEADER}\n{FIELDS}\n{content.getvalue().decode()}"


def is_translated(message: Message) -> bool:
    """Whether every form of a text has its Welsh."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)
