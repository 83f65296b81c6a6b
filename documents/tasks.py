"""Celery entry points of the documents room."""

import time

import structlog
from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.due import LONGEST_SWEEP, waiting, work_through
from documents.actions.close_export import close_export
from documents.actions.forget_pieces import forget_pieces
from documents.actions.sweep_orphans import sweep_orphans as sweep_orphaned_files
from documents.actions.write_piece import write_piece
from documents.clamd import answers
from documents.models import ExportPiece, Scan
from documents.scanning import GIVE_UP_AFTER, scan_file
from documents.selectors import exports_to_close

log = structlog.get_logger(__name__)

# About a minute and a half of trying: whoever waits for a file is told rather soon that it cannot be made.
EXPORT_GIVEN_UP_AFTER = 5
WARN_EVERY = 300  # seconds; it is asked every few


@shared_task(name="documents.tasks.sweep_scans")
def sweep_scans() -> int:
    """Take waiting files to the scanner. While it does not answer they keep their turn, and no attempt is counted."""
    now = timezone.now()
    if not waiting(Scan, now=now).exists():
        return 0
    if not answers():
        if cache.add("scanner_does_not_answer", True, timeout=WARN_EVERY):
            log.warning("scanner_does_not_answer")
        return 0
    with recording(by=Agent.SWEEPER):
        return work_through(Scan, scan_file, by=Agent.SWEEPER, now=now, give_up_after=GIVE_UP_AFTER)


@shared_task(name="documents.tasks.sweep_exports")
def sweep_exports() -> int:
    """Write what is due of exports, a piece of each in turn, and end those that are over; how many pieces."""
    written, end = 0, time.monotonic() + LONGEST_SWEEP
    with recording(by=Agent.SWEEPER):
        while done := _write_pieces():
            written += done
            if time.monotonic() >= end:
                break
        for export_id, state in exports_to_close(timezone.now()):
            close_export(export_id=export_id, state=state, by=Agent.SWEEPER, now=timezone.now())
        forget_pieces(by=Agent.SWEEPER, now=timezone.now())
    return written


def _write_pieces() -> int:
    now = timezone.now()
    return work_through(ExportPiece, write_piece, by=Agent.SWEEPER, now=now, give_up_after=EXPORT_GIVEN_UP_AFTER)


@shared_task(name="documents.tasks.sweep_orphans")
def sweep_orphans() -> int:
    """Delete sealed files that no row knows."""
    with recording(by=Agent.SWEEPER):
        return sweep_orphaned_files(by=Agent.SWEEPER, now=timezone.now())
