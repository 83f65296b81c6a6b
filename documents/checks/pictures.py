"""JPEG, PNG and HEIC: told by their first bytes, and made anew by a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

from documents import picture_process
from documents.checks.refusing import DAMAGED, TOO_MANY_PIXELS, NotTaken
from documents.kinds import Kind

LONGEST = 30  # seconds, whatever the process spends them on
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# All that Python and a measuring test need of our environment; secrets are not among it.
KEPT = ("PATH", "LANG", "LC_ALL", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


def is_heic(data: bytes) -> bool:
    """Whether the first box of the file names HEIC among its brands."""
    return data[4:8] == b"ftyp" and (data[8:12] in HEIC_BRANDS)


def clean_picture(data: bytes, kind: str) -> tuple[Kind, bytes]:
    """The picture without anything but its pixels, and as what it is kept. Raises NotTaken."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(picture_process.__file__)), kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTaken(DAMAGED) from None
    if done.returncode == picture_process.TOO_LARGE:
        raise NotTaken(TOO_MANY_PIXELS)
    if done.returncode or not done.stdout:
        raise NotTaken(DAMAGED)
    return (Kind.PNG if kind == "png" else Kind.JPEG), done.stdout
