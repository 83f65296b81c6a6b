"""Programs of the system that tests need and Python wheels do not bring, installed by apt where we may."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """A program: the names it goes by, Debian's package, the variable that may name its path, and who needs it."""

    names: tuple[str, ...]
    package: str
    variable: str
    needed_by: str

    @property
    def advice(self) -> str:
        """What to do where it is missing."""
        return (
            f"{self.needed_by}: install Debian's package `{self.package}` (apt-get install {self.package}),\n"
            f"or set {self.variable} to the program's path."
        )


CHROMIUM = Program(
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    package="chromium",
    variable="CHROMIUM",
    needed_by="The browser tests need Chromium",
)
CLAMD = Program(
    ("clamd",),
    package="clamav-daemon",
    variable="CLAMD_PROGRAM",
    needed_by="The tests of documents need the virus scanner clamd",
)
PROGRAMS = (CHROMIUM, CLAMD)


def find(program: Program) -> str | None:
    """The path that its variable names, or the system's; daemons lie where only root's PATH leads."""
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
    found = (shutil.which(name, path=path) for name in program.names)
    return os.environ.get(program.variable) or next((each for each in found if each), None)


def main() -> int:
    """Install what is missing. 1, with a message for each package that could not be, if that cannot be done."""
    missing = [program for program in PROGRAMS if not find(program)]
    apt = shutil.which("apt-get")
    if missing and apt and os.geteuid() == 0:
        packages = [program.package for program in missing]
        print(f"Installing {' and '.join(packages)} ...", flush=True)
        told = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
            subprocess.run([apt, *words], env=told, check=False, stdout=subprocess.DEVNULL)
        missing = [program for program in PROGRAMS if not find(program)]
    for program in missing:
        print(program.advice, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
