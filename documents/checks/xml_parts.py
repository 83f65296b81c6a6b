"""Reading the XML inside a document: elements one by one, and never an entity."""

from collections.abc import Callable, Iterable
from xml.parsers import expat  # nosec B407  # declarations of types and entities are refused below

from documents.checks.refusing import DAMAGED, Deadline, NotTaken

Seen = Callable[[str, dict[str, str]], None]


def read_xml(
    chunks: Iterable[bytes], seen: Seen, deadline: Deadline, words: Callable[[str], None] | None = None
) -> None:
    """Call `seen` with the bare name and attributes of each element, `words` with the text between.

    Raises NotTaken for what is not well-formed, and for any DOCTYPE: documents need none, bombs do.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: seen(_bare(name), _bare_keys(attributes))
    parser.CharacterDataHandler = words or (lambda _text: None)
    try:
        for chunk in chunks:
            deadline.check()
            parser.Parse(chunk, False)  # expat's own
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise NotTaken(DAMAGED) from None


def _refuse(*_: object) -> None:
    raise NotTaken(DAMAGED)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _bare_keys(attributes: dict[str, str]) -> dict[str, str]:
    return {_bare(name): value for name, value in attributes.items()}
