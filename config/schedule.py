"""What the beat wakes, and how often. In code, so that nobody can switch a sweep off from a page.

Each task is an idempotent sweep of due rows. A hint expires before the next one is sent, so that a worker
that was away does not find a thousand of them.
"""

from typing import TypedDict


class Wake(TypedDict):
    """One line of Celery's beat schedule."""

    task: str
    schedule: float
    options: dict[str, float]


def every(seconds: float, task: str) -> tuple[str, Wake]:
    """Wake a task every so many seconds."""
    return task, {"task": task, "schedule": seconds, "options": {"expires": seconds}}


SCHEDULE: dict[str, Wake] = dict(
    (
        every(2, "audit.tasks.sweep_events"),
        every(2, "audit.tasks.seal"),
        every(10, "audit.tasks.publish"),
        every(2, "agencies.tasks.sweep_notices"),
        every(2, "agencies.tasks.sweep_webhooks"),
        every(5, "referrals.tasks.sweep_alerts"),
        every(5, "referrals.tasks.sweep_quarantine"),
        every(5, "documents.tasks.sweep_scans"),
        every(2, "documents.tasks.sweep_exports"),
        every(60, "referrals.tasks.sweep_drafts"),
        every(60, "referrals.tasks.sweep_overdue"),
        every(30, "referrals.tasks.sweep_vacancies"),
        every(60, "people.tasks.sweep_requests"),
        every(60, "triage.tasks.sweep_reviews"),
        every(60, "agencies.tasks.watch_ledger"),
        every(10, "desk.tasks.sweep_verifications"),
        every(300, "referrals.tasks.sweep_likenesses"),
        every(300, "referrals.tasks.sweep_searches"),
        every(600, "agencies.tasks.sweep_memberships"),
        every(3600, "audit.tasks.make_months"),
        every(3600, "documents.tasks.sweep_orphans"),
        every(3600, "agencies.tasks.sweep_sessions"),
    )
)
