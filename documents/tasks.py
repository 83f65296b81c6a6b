"""Celery entry points of the documents room."""

import structlog
from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.due import waiting, work_through
from documents.actions.sweep_orphans import sweep_orphans as sweep_orphaned_files
from documents.clamd import answers
from documents.models import Scan
from documents.scanning import GIVE_UP_AFTER, scan_file

log = structlog.get_logger(__name__)

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


@shared_task(name="documents.tasks.sweep_orphans")
def sweep_orphans() -> int:
    """Delete sealed files that no row knows."""
    with recording(by=Agent.SWEEPER):
        return sweep_orphaned_files(by=Agent.SWEEPER, now=timezone.now())
