"""What must be there before anything is started. Each step does nothing where nothing has changed."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from config.catalogue.compiling import compile_catalogues
from config.environment import CLONE, LOCAL
from config.run.leftovers import signal_group
from config.run.same_migrations import changed_migrations, note_migrations

PYTHON = sys.executable


class Failed(Exception):
    """A step failed; what it said has been printed."""


def bring_front_end() -> None:
    """Bring the npm packages, compile the styles, collect the static files."""
    stamps = LOCAL / "stamps"
    stamps.mkdir(exist_ok=True)
    lock = [CLONE / "package-lock.json", CLONE / ".npmrc"]
    if not (CLONE / "node_modules" / ".package-lock.json").is_file() or changed(stamps / "npm", lock):
        command("Bringing the front-end packages", "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        remember(stamps / "npm", lock)
    command("", PYTHON, "-m", "config.assets")
    static = [path for folder in (CLONE / "static", LOCAL / "assets") for path in sorted(folder.rglob("*"))]
    if not (LOCAL / "collected").is_dir() or changed(stamps / "static", static):
        command("Collecting static files", PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-v0")
        remember(stamps / "static", static)


def compile_languages() -> None:
    """Compile the translations that have changed: git keeps only their sources."""
    if compile_catalogues():
        print("Compiling the translations ...", flush=True)


def prepare_database(*, demonstration: bool) -> str:
    """Pack the postcodes, migrate, load the places, seed a demonstration. Returns whom to sign in as.

    Raises Failed, also where migrations that made the embedded database have changed since.
    """
    if demonstration and (changed_since := changed_migrations()):
        raise Failed(f"The database was made by other migrations ({', '.join(changed_since)}): make demo-reset")
    words = ["prepare", *(["--demonstration"] if demonstration else [])]
    said = command("Preparing the database", PYTHON, "manage.py", *words, keep=True)
    if demonstration:
        note_migrations()
    return said


def command(says: str, *words: str, keep: bool = False) -> str:
    """Run a command of ours; it ends with us. With `keep` its output is returned instead of shown. Raises Failed."""
    if says:
        print(f"{says} ...", flush=True)
    path = f"{Path(PYTHON).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    note = LOCAL / "run" / "step.pid"
    note.parent.mkdir(exist_ok=True)
    child = subprocess.Popen(
        [PYTHON, "-m", "config.run.child", str(note), shutil.which(words[0], path=path) or words[0], *words[1:]],
        cwd=CLONE,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if keep else None,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = child.communicate()
    finally:
        signal_group(child.pid, signal.SIGKILL)  # where we are stopped meanwhile, nothing of it stays
        child.wait()
        note.unlink(missing_ok=True)
    if child.returncode:
        raise Failed(f"{said or ''}\nThis failed: {' '.join(words)}")
    return said or ""


def digest(files: list[Path]) -> str:
    """A digest of the content of files."""
    made = hashlib.sha256()
    for file in files:
        if file.is_file():
            made.update(f"{os.path.relpath(file, CLONE)}\0".encode() + file.read_bytes())
    return made.hexdigest()


def changed(stamp: Path, files: list[Path]) -> bool:
    """Whether files differ from when they were last remembered."""
    return not stamp.exists() or stamp.read_text() != digest(files)


def remember(stamp: Path, files: list[Path]) -> None:
    """Keep a digest for the next start."""
    stamp.write_text(digest(files))
