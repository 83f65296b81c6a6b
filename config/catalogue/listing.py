"""docs/welsh.md: the words of the catalogue side by side, for a translator to review."""

from itertools import groupby

from babel.messages.catalog import Catalog, Message

from config.catalogue.gathering import PLURAL_NAMES
from config.environment import CLONE

LIST = CLONE / "docs" / "welsh.md"

HEAD = """\
# The words in Welsh

**To be reviewed by a translator.** The Welsh below was written with the service and has not been reviewed by one.
`make messages` writes this page from `locale/cy/LC_MESSAGES/django.po`; corrections belong there, between the quotation
marks after `msgstr`.

Readers are addressed as *chi*. Terms: Prevent and Channel keep their names; referral *atgyfeiriad*, to refer
*atgyfeirio*, referrer *atgyfeiriwr*, reference *cyfeirnod*, council *cyngor*, council area *ardal cyngor*, police
*yr heddlu*, counter terrorism policing *yr heddlu gwrthderfysgaeth*, safeguarding lead *arweinydd diogelu*, the
Anti-Terrorist Hotline *Llinell Gymorth Gwrthderfysgaeth*. What stands in `{braces}`, in `%(brackets)s` or in
`<tags>` stays as it is. Where a number decides, all six plural forms of Welsh are given, with the noun in the singular.

Names of places in Welsh: `agencies/data/welsh_names.csv`, with their source. Officers' pages are English.
"""


def listing(catalogue: Catalog) -> str:
    """The page, file by file in the order of the catalogue."""
    parts = [HEAD]
    messages = sorted((message for message in catalogue if message.id), key=lambda message: message.locations)
    for file, group in groupby(messages, key=lambda message: message.locations[0][0]):
        parts.append(f"\n## {file}\n\n| English | Cymraeg |\n|---|---|\n")
        parts += [f"| {cell(english(message))} | {cell(welsh(message))} |\n" for message in group]
    return "".join(parts)


def english(message: Message) -> str:
    """The words in English, with their context and their plural."""
    words = message.id if isinstance(message.id, str) else " / ".join(message.id)
    return f"[{message.context}] {words}" if message.context else words


def welsh(message: Message) -> str:
    """The words in Welsh; each plural form under its name."""
    if isinstance(message.string, str):
        return message.string
    return "\n".join(f"{name}: {words}" for name, words in zip(PLURAL_NAMES, message.string or (), strict=True))


def cell(words: str) -> str:
    """Words for a cell of a table: lines and bars would end it, tags would vanish."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return "<br>".join(plain.strip().split("\n"))
