"""The part of docs/triage.md that is written from the code: who sees what."""

from collections.abc import Iterable

from triage.seeing import Part, Phase, Viewer, parts_seen

BEGIN, END = "<!-- written by manage.py triage_page -->\n", "<!-- end -->\n"


def with_table(text: str) -> str:
    """The page with the table in its place. Raises ValueError where the page has no place for it."""
    head, begun, rest = text.partition(BEGIN)
    _old, ended, tail = rest.partition(END)
    if not begun or not ended:
        raise ValueError("The page has no place for the table.")
    return f"{head}{BEGIN}{table()}{END}{tail}"


def table() -> str:
    """One line for each viewer and phase."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterable[str]:
    yield "| who | phase | sees |"
    yield "| --- | --- | --- |"
    for viewer in Viewer:
        for phase in Phase:
            seen = parts_seen(viewer, phase)
            parts = ", ".join(str(part.label).lower() for part in Part if part in seen)
            yield f"| {viewer.label} | {phase.label} | {parts or 'nothing'} |"
