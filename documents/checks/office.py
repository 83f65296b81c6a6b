"""Word (.docx) and ODT: a text document that is whole, without macros, programs or strings to elsewhere."""

import re

from documents.checks.archive import Archive
from documents.checks.refusing import DAMAGED, MACROS, OTHER_KIND, OTHERS_INSIDE, PASSWORD, NotTaken
from documents.checks.xml_parts import read_xml
from documents.kinds import Kind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
XML = re.compile(r"\.(?:xml|rels|rdf)\Z", re.IGNORECASE)
MACRO_PART = re.compile(r"(?:^|/)(?:vba\w*\.(?:bin|xml)|Basic/|Scripts/)", re.IGNORECASE)
FOREIGN_PART = re.compile(
    r"(?:^|/)(?:activeX/|oleObject)|\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|jar|msi|hta|lnk|zip|docm|xlsm|pptm|html?)\Z",
    re.IGNORECASE,
)
# Relationships that make Word fetch or run something when the document is opened.
FETCHING = {"attachedTemplate", "oleObject", "frame", "subDocument", "externalLink", "control", "vbaProject"}
OWN_DISK = re.compile(r"file:///[A-Za-z]:[/\\]", re.IGNORECASE)
RUNS = re.compile(r"\bDDE(?:AUTO)?\b")


def check_office(data: bytes) -> Kind:
    """Which of the two it is. Raises NotTaken for any other archive, and for what has more in it than a text."""
    archive = Archive(data)
    if "[Content_Types].xml" in archive.parts:
        kind = Kind.DOCX
    elif "mimetype" in archive.parts:
        kind = Kind.ODT
    else:
        raise NotTaken(OTHER_KIND)
    for name in archive.parts:
        if MACRO_PART.search(name):
            raise NotTaken(MACROS)
    (_check_docx if kind is Kind.DOCX else _check_odt)(archive)
    for name in archive.parts:
        if FOREIGN_PART.search(name):
            raise NotTaken(OTHERS_INSIDE)
        if XML.search(name):
            _check_part(archive, name)
        else:
            for _chunk in archive.read(name):
                pass  # unpacked only to be counted and summed
    return kind


def _check_docx(archive: Archive) -> None:
    declared: set[str] = set()

    def seen(_name: str, attributes: dict[str, str]) -> None:
        declared.add(attributes.get("ContentType", ""))

    read_xml(archive.read("[Content_Types].xml"), seen, archive.deadline)
    if any("macroenabled" in each.lower() or "vbaproject" in each.lower() for each in declared):
        raise NotTaken(MACROS)
    if DOCX not in declared:
        raise NotTaken(OTHER_KIND)


def _check_odt(archive: Archive) -> None:
    said = b"".join(archive.read("mimetype"))
    if said.strip() != ODT:
        raise NotTaken(OTHER_KIND)
    if "content.xml" not in archive.parts or "META-INF/manifest.xml" not in archive.parts:
        raise NotTaken(DAMAGED)


def _check_part(archive: Archive, name: str) -> None:
    """Well-formed, and in it nothing that is fetched, run or locked."""
    fields: list[str] = []

    def seen(element: str, attributes: dict[str, str]) -> None:
        if element == "encryption-data":
            raise NotTaken(PASSWORD)
        if attributes.get("media-type") == "application/vnd.sun.star.oleobject":
            raise NotTaken(OTHERS_INSIDE)
        if element == "Relationship" and attributes.get("Type", "").rpartition("/")[2] in FETCHING:
            _check_relationship(attributes)
        if element == "fldSimple":
            fields.append(attributes.get("instr", ""))
        within[0] = element

    def words(text: str) -> None:
        if within[0] == "instrText":
            fields.append(text)

    within = [""]
    read_xml(archive.read(name), seen, archive.deadline, words)
    if RUNS.search("".join(fields)):
        raise NotTaken(OTHERS_INSIDE)


def _check_relationship(attributes: dict[str, str]) -> None:
    """A template that lies on the writer's own disk is harmless and common: Word names it in every second document."""
    if not ("attachedTemplate" in attributes["Type"] and OWN_DISK.match(attributes.get("Target", ""))):
        raise NotTaken(OTHERS_INSIDE)
