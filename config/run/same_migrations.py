"""Whether the embedded database was made by the migrations that are in place: an applied one must never change."""

import ast
import hashlib
import json
from pathlib import Path

from config.environment import CLONE, LOCAL

NOTE = LOCAL / "stamps" / "migrations.json"


def changed_migrations(clone: Path = CLONE, note: Path = NOTE) -> list[str]:
    """Migrations noted as applied that say something else now, or are gone. None where nothing was noted."""
    if not note.exists():
        return []
    applied, here = json.loads(note.read_text()), _digests(clone)
    return sorted(name for name, digest in applied.items() if here.get(name) != digest)


def note_migrations(clone: Path = CLONE, note: Path = NOTE) -> None:
    """Note all migrations as applied."""
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(_digests(clone)))


def forget_migrations(note: Path = NOTE) -> None:
    """The database is gone."""
    note.unlink(missing_ok=True)


def _digests(clone: Path) -> dict[str, str]:
    # Of what the code says, in one layout: comments and lines may change, and so may Python.
    return {
        str(path.relative_to(clone)): hashlib.sha256(ast.unparse(ast.parse(path.read_text())).encode()).hexdigest()
        for path in sorted(clone.glob("*/migrations/[0-9]*.py"))
    }
