"""Compiles the catalogues that Django reads (`*.mo`) with Babel: a machine that runs the house has no gettext."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.environment import CLONE


def compile_catalogues(folder: Path = CLONE / "locale") -> list[Path]:
    """Compile each catalogue that is newer than its compiled file; returns those that were."""
    return [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if compile_catalogue(source)]


def compile_catalogue(source: Path) -> bool:
    """Compile one, in place at once: a process that reads it meanwhile never sees half of it."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    with source.open("rb") as content:
        catalogue = read_po(content)
    fresh = source.with_name(f"{source.stem}.{os.getpid()}.mo")
    with fresh.open("wb") as content:
        write_mo(content, catalogue)
    fresh.replace(compiled)
    return True


if __name__ == "__main__":
    compile_catalogues()
