"""Reads HTML as tags and words, so that renderings are compared by meaning, not by spacing."""

from html.parser import HTMLParser

Event = tuple[str, str, tuple[tuple[str, str], ...]]


class Reader(HTMLParser):
    """Collects start tags with sorted attributes, end tags, and the words between, spacing collapsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.words = ""

    def flush(self) -> None:
        """End the run of words before a tag."""
        if collapsed := " ".join(self.words.split()):
            self.events.append(("words", collapsed, ()))
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.flush()
        pairs = sorted((name, tidy(name, value or "")) for name, value in attrs)
        self.events.append(("start", tag, tuple(pairs)))

    def handle_endtag(self, tag: str) -> None:
        self.flush()
        self.events.append(("end", tag, ()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def tidy(name: str, value: str) -> str:
    """The order of class names and the spacing of attributes mean nothing."""
    return " ".join(sorted(value.split()) if name == "class" else value.split())


def read(html: str) -> list[Event]:
    """The events of a piece of HTML."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.events
