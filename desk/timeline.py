"""What has happened to a referral, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import Notice, NoticeKind, User
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from referrals.models import Dispatch, Note, Referral


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: when, who, what."""

    at: datetime
    who: str
    what: str


def timeline(referral: Referral, dispatches: list[Dispatch], notes: list[Note]) -> list[Moment]:
    """Everything on record about a referral that its reader may know, newest first. Three queries.

    `notes` are those the reader may read: of others it is not even said that they were written.
    """
    by_id = {dispatch.pk: dispatch for dispatch in dispatches}
    readable = {note.pk for note in notes}
    events = list(EventRecord.objects.filter(object_id__in=[referral.pk, *by_id, *readable]))
    names = _names(events)
    moments = [
        Moment(event.happened, names.get(event.actor, ""), _sentence(event, referral, by_id, names)) for event in events
    ]
    moments += _mail(by_id)
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _sentence(event: EventRecord, referral: Referral, by_id: dict[UUID, Dispatch], names: dict[UUID, str]) -> str:
    agency = by_id[event.object_id].agency.name if event.object_id in by_id else ""
    match event.kind:
        case Event.REFERRAL_SUBMITTED:
            agencies = _(" and ").join(dispatch.agency.name for dispatch in by_id.values())
            return _("Referral received ({how}) and sent to {agencies}.").format(
                how=referral.get_received_by_display().lower(), agencies=agencies
            )
        case Event.DISPATCH_ACKNOWLEDGED:
            return _("Took receipt for {agency}.").format(agency=agency)
        case Event.DISPATCH_ASSIGNED:
            return _("Assigned to {name} in {agency}.").format(
                name=names.get(UUID(event.ids["to"]), _("a colleague")), agency=agency
            )
        case Event.NOTE_WRITTEN:
            return _("Wrote a note.")
        case _:
            raise ValueError(f"The timeline has no sentence for {event.kind}.")


def _names(events: Iterable[EventRecord]) -> dict[UUID, str]:
    ids = {event.actor for event in events} | {UUID(event.ids["to"]) for event in events if "to" in event.ids}
    agents = {agent.pk: str(agent.name_shown) for agent in Agent}
    return agents | dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _mail(by_id: dict[UUID, Dispatch]) -> list[Moment]:
    notices = Notice.objects.filter(about__in=by_id).defer("address", "details")
    return [_mail_moment(notice, by_id[notice.about].agency.name) for notice in notices]


def _mail_moment(notice: Notice, agency: str) -> Moment:
    who = _("the system")
    alert = notice.kind == NoticeKind.IMMEDIATE_ALERT
    if notice.done:
        words = _("Alert sent to the duty contact of {agency}.") if alert else _("E-mail sent to {agency}.")
        return Moment(notice.done, who, words.format(agency=agency))
    if notice.dead:
        return Moment(notice.dead, who, _("E-mail to {agency} could not be delivered.").format(agency=agency))
    return Moment(notice.due, who, _("E-mail to {agency} is waiting to be sent.").format(agency=agency))
