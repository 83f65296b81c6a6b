"""What a page says: every text and every attribute that is read out, with parts in another language left out."""

import re
from html.parser import HTMLParser

READ_OUT = re.compile(r"aria-label|alt|title|placeholder|data-i18n\..*|data-(?!module).*")
SILENT = {"script", "style"}
VOID = {"meta", "link", "br", "input", "img", "path", "hr"}
OF_A_COUNCIL = re.compile(r"[ENSW]\d{8}")


class Spoken(HTMLParser):
    """Collects what is said in the page's own language."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.said: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def listening(self) -> bool:
        return all(heard for _tag, heard in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        heard = given.get("lang", self.language) == self.language and tag not in SILENT
        heard = heard and not (tag == "option" and OF_A_COUNCIL.fullmatch(given.get("value", "")))
        if heard and self.listening:
            self.said += [value for name, value in given.items() if READ_OUT.fullmatch(name)]
        if tag not in VOID:
            self.open.append((tag, heard))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.listening and data.strip():
            self.said.append(" ".join(data.split()))


def said_by(html: str, language: str) -> list[str]:
    """The texts of a page, those in another language and the names of councils left out."""
    reader = Spoken(language)
    reader.feed(html)
    reader.close()
    return reader.said
