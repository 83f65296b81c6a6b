"""Is the ledger still what was sealed?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.sealing import places
from audit.sealing.keys import verifiers
from audit.sealing.note import BadNote, Verifier, open_each
from audit.sealing.verifying import Report, verify


class Command(BaseCommand):
    help = (
        "Compare every entry of the ledger with its leaf, and the tree with checkpoints that were signed before. "
        "Without --checkpoint those of the second place are taken, where it can be read. Exit 1 on a fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
            help="a checkpoint kept elsewhere, or a folder of them; may be given several times",
        )  # fmt: skip
        parser.add_argument(
            "--public-key", type=Path, metavar="FILE", help="the key that signed them (audit_public_key)"
        )
        parser.add_argument("--json", action="store_true", help="print the finding for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, say what is wrong and where. Raises CommandError (exit 1) on a fault."""
        try:
            keys = _keys(options["public_key"])
            notes = list(_notes(options["checkpoint"]))
        except (BadNote, ImproperlyConfigured, OSError) as fault:
            raise CommandError(f"The checkpoint cannot be relied on: {fault}", returncode=2) from None
        checkpoints, unreliable = open_each(notes, keys)
        if unreliable and options["checkpoint"]:
            raise CommandError("\n".join(unreliable), returncode=2)
        report = verify(checkpoints, keys=keys)
        self.stdout.write(json.dumps(report.as_json()) if options["json"] else as_text(report))
        if not report.ok:
            raise SystemExit(1)
        if unreliable:
            raise CommandError("\n".join(unreliable), returncode=2)


def as_text(report: Report) -> str:
    """The finding for an operator."""
    known = report.checkpoint
    against = f"and with a checkpoint of {known.size} entries" if known else "and with nothing that is kept elsewhere"
    lines = [
        f"{report.entries} entries were compared with what was sealed, {against}.",
        f"{report.waiting} entries wait for their seal; the payloads of {report.redacted} were redacted.",
        *(f"Fault at position {each.position}, entry {each.entry}: {each.what}" for each in report.faults),
    ]
    if report.more:
        lines.append(f"... and {report.more} more.")
    if not report.opened:
        lines.append("No public key is known here: nobody has looked who signed the seals.")
    lines.append(_verdict(report))
    return "\n".join(lines)


def _verdict(report: Report) -> str:
    if not report.ok:
        return "The ledger is NOT what was sealed."
    if report.checkpoint is None:
        return "It agrees with itself; that says nothing of whoever has both the database and the key that signs."
    return "Nothing is wrong."


def _keys(file: Path | None) -> list[Verifier]:
    if file is None:
        return verifiers()
    return [Verifier(line.strip()) for line in _text(file).splitlines() if line.strip()]


def _notes(given: list[Path]) -> Iterator[tuple[str, str]]:
    """What each checkpoint is called, and what it says; of a folder, all files that are called like checkpoints."""
    if not given:
        yield from places.named()
    for path in given:
        files = sorted(path.glob(f"*{places.ENDING}")) if path.is_dir() else [path]
        if not files:
            raise BadNote(f"in {path} no file is called like one, *{places.ENDING}")
        for file in files:
            yield str(file), _text(file)


def _text(file: Path) -> str:
    """What a file says. Raises BadNote where it is no text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadNote(f"{file} is no text") from None
