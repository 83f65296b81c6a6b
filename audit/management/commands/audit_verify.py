"""Is the ledger still what was sealed?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.sealing import places
from audit.sealing.keys import verifiers
from audit.sealing.note import BadNote, Verifier, open_checkpoint
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
            checkpoints = [open_checkpoint(note, keys) for note in _notes(options["checkpoint"])]
        except (BadNote, ImproperlyConfigured, OSError) as fault:
            raise CommandError(f"The checkpoint cannot be relied on: {fault}", returncode=2) from None
        report = verify(checkpoints)
        self.stdout.write(json.dumps(as_json(report)) if options["json"] else as_text(report))
        if not report.ok:
            raise SystemExit(1)


def as_json(report: Report) -> dict[str, Any]:
    """The finding for a machine."""
    known = report.checkpoint
    return {
        "ok": report.ok,
        "entries": report.entries,
        "checkpoint": {"origin": known.origin, "size": known.size, "root": known.root.hex()} if known else None,
        "faults": [{"position": each.position, "entry": each.entry, "what": each.what} for each in report.faults],
        "more_faults": report.more,
        "waiting": report.waiting,
        "redacted": report.redacted,
    }


def as_text(report: Report) -> str:
    """The finding for an operator."""
    known = report.checkpoint
    against = f"and with a checkpoint of {known.size} entries" if known else "and with no checkpoint from elsewhere"
    lines = [
        f"{report.entries} entries were compared with what was sealed, {against}.",
        f"{report.waiting} entries wait for their seal; the payloads of {report.redacted} were redacted.",
        *(f"Fault at position {each.position}, entry {each.entry}: {each.what}" for each in report.faults),
    ]
    if report.more:
        lines.append(f"... and {report.more} more.")
    lines.append("Nothing is wrong." if report.ok else "The ledger is NOT what was sealed.")
    return "\n".join(lines)


def _keys(file: Path | None) -> list[Verifier]:
    if file is None:
        return verifiers()
    return [Verifier(line.strip()) for line in file.read_text().splitlines() if line.strip()]


def _notes(given: list[Path]) -> Iterator[str]:
    """What the files say, each a checkpoint; of a folder, all that are called so."""
    if not given:
        yield from places.published()
    for path in given:
        for file in sorted(path.glob(f"*{places.ENDING}")) if path.is_dir() else [path]:
            yield file.read_text()
