"""What has happened to a referral, in sentences."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.delivery import KEPT
from agencies.models import Notice, NoticeKind
from agencies.selectors import names_of
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from desk.putting_right import reason_of, sentence_of
from referrals.beside import Beside
from referrals.masking import hides_account
from referrals.models import Dispatch, Note, Referral, SystemLink


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: when, who, what, and the reason given where there is one. `timed`: not only the day."""

    at: datetime
    who: str
    what: str
    why: str = ""
    timed: bool = True


def timeline(
    referral: Referral,
    dispatches: list[Dispatch],
    notes: list[Note],
    reasons: Mapping[UUID, str] = MappingProxyType({}),
    beside: Beside | None = None,
    links: Iterable[SystemLink] = (),
    *,
    kept: Collection[UUID] = (),
    named: bool = False,
    who_at: Callable[[datetime], str] = lambda _moment: "",
) -> list[Moment]:
    """Everything on record about a referral that its reader may know, newest first. Three queries.

    `notes` and `links` are those the reader may read, `beside` what was put right as far as they may know it: of the
    rest it is not even said that it happened. `reasons` are those of reassignments in the reader's own agencies.
    `kept` are the ids of the openings by name, and of the tasks and exclusions, of which the reader may know. Unless
    the referrer is `named`, it is not said from whose account the referral came. `who_at` says who answered for the
    referrer at a moment, where somebody succeeded them.
    """
    beside = beside or Beside()
    by_id = {dispatch.pk: dispatch for dispatch in [*beside.former, *dispatches]}
    righted = {row.pk: row for row in beside.rows()}
    readable = {each.pk for each in (*notes, *links)}
    events = list(EventRecord.objects.filter(object_id__in=[referral.pk, *by_id, *readable, *righted, *kept]))
    names = _names(events)
    unnamed = (Event.REFERRAL_SUBMITTED, Event.REFERRAL_HELD) if hides_account(referral, named=named) else ()
    unsaid = {note.pk: note for note in notes if note.from_kept}
    moments = [_written(note) for note in unsaid.values()]
    moments += [
        Moment(
            event.happened,
            _spoke(event, who_at) or names.get(Agent.REFERRER.pk if event.kind in unnamed else event.actor, ""),
            _sentence(event, referral, by_id, names, beside),
            reasons.get(UUID(event.ids["reason"]), "") if "reason" in event.ids else reason_of(event, righted),
        )
        for event in events
        if event.object_id not in unsaid
    ]
    moments += _mail([*by_id, *righted])
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _spoke(event: EventRecord, who_at: Callable[[datetime], str]) -> str:
    return who_at(event.happened) if event.actor == Agent.REFERRER.pk else ""


def _written(note: Note) -> Moment:
    """As of any note: that it was moved would tell of where it stood."""
    return Moment(note.written_at, note.written_by.name, str(_SAID[Event.NOTE_WRITTEN]))


# What is said of one agency or colleague, or of nobody.
_SAID: dict[str, str | Promise] = {
    Event.ACCESS_ENDED: gettext_lazy("Ended what was opened to {name}."),
    Event.ADDRESS_WRITTEN: gettext_lazy("Wrote down an address of the person."),
    Event.CLEARANCE_ENDED: gettext_lazy("Contact is not cleared any more."),
    Event.CLEARANCE_GIVEN: gettext_lazy("Cleared contact."),
    Event.COLLEAGUE_EXCLUDED: gettext_lazy("Excluded {name}."),
    Event.COLLEAGUE_NAMED: gettext_lazy("Named {name} on the restricted record."),
    Event.DECONFLICTION_ANSWERED: gettext_lazy("Answered the deconfliction."),
    Event.DECONFLICTION_OPENED: gettext_lazy("The police are asked whether anybody may be contacted."),
    Event.DISPATCH_ACKNOWLEDGED: gettext_lazy("Took receipt for {agency}."),
    Event.DISPATCH_ASSIGNED: gettext_lazy("Assigned to {name} in {agency}."),
    Event.DISPATCH_LINKED: gettext_lazy("Wrote back its own case number and status."),
    Event.DISPATCH_RAISED_WITH_DESK: gettext_lazy("Receipt by {agency} was overdue: the national desk is told."),
    Event.DISPATCH_RAISED_WITH_SUPERVISOR: gettext_lazy("Receipt was overdue: those who supervise {agency} are told."),
    Event.DISPATCH_REASSIGNED: gettext_lazy("Reassigned to {name} in {agency}."),
    Event.DISPATCH_RELEASED: gettext_lazy("Nobody’s again in {agency}: {name} no longer works there."),
    Event.DISPATCH_REMINDED: gettext_lazy("Receipt was overdue: {agency} is reminded."),
    Event.DOCUMENT_ADDED: gettext_lazy("Added a document."),
    Event.DOCUMENT_DETACHED: gettext_lazy("Took a document away that was about somebody else."),
    Event.GLASS_BROKEN: gettext_lazy("Opened it in an emergency."),
    Event.GLASS_REVIEWED: gettext_lazy("Reviewed the emergency access of {name}."),
    Event.MATCH_ANSWERED: gettext_lazy("Answered another area that asked about a possible match."),
    Event.MATCH_ASKED: gettext_lazy("Asked about a possible match with somebody in another area."),
    Event.MATCH_DECIDED: gettext_lazy("Decided about a possible match with another person."),
    Event.MATCH_UNDONE: gettext_lazy("Undid that another person is the same person."),
    Event.MATCH_WITHDRAWN: gettext_lazy("Took back what one area showed another of a possible match."),
    Event.MEMBERSHIP_ENDED: gettext_lazy("Somebody left {agency}."),
    Event.NOTE_WRITTEN: gettext_lazy("Wrote a note."),
    Event.OUTCOME_PROPOSED: gettext_lazy("Proposed what the referral becomes."),
    Event.OUTCOME_REOPENED: gettext_lazy("Reopened what the referral had become."),
    Event.OUTCOME_RETURNED: gettext_lazy("Gave the gateway assessment back to be written further."),
    Event.OUTCOME_SIGNED: gettext_lazy("Signed what the referral becomes."),
    Event.PARTNERSHIP_ACCEPTED: gettext_lazy("Accepted the police-led partnership."),
    Event.PARTNERSHIP_ACTION_CLOSED: gettext_lazy("Said what became of an action of the police-led partnership."),
    Event.PARTNERSHIP_ACTION_PLANNED: gettext_lazy("Planned an action of the police-led partnership for {name}."),
    Event.PARTNERSHIP_DECLINED: gettext_lazy("Declined to own the police-led partnership."),
    Event.PARTNERSHIP_ENDED: gettext_lazy("The police-led partnership ended."),
    Event.PARTNERSHIP_OFFERED: gettext_lazy("Named {name} as the owner of the police-led partnership."),
    Event.PARTNERSHIP_OPENED: gettext_lazy("A police-led partnership opened."),
    Event.PARTNERSHIP_PLANNED: gettext_lazy("Wrote the aims of the police-led partnership."),
    Event.PARTNERSHIP_RELEASED: gettext_lazy(
        "Nobody owns the police-led partnership any more: {name} does not work it."
    ),
    Event.PARTNERSHIP_REVIEWED: gettext_lazy("Reviewed the police-led partnership."),
    Event.PERSON_NAMED: gettext_lazy("Changed by which other names the person is known."),
    Event.PROCEEDED_URGENTLY: gettext_lazy("Went ahead before contact was cleared: somebody was at risk."),
    Event.QUESTION_ANSWERED: gettext_lazy("Answered a question."),
    Event.QUESTION_ASKED: gettext_lazy("Wrote a question to the referrer."),
    Event.QUESTION_RELEASED: gettext_lazy("Sent a question to the referrer."),
    Event.QUESTION_WITHDRAWN: gettext_lazy("Withdrew a question that the referrer had not been shown."),
    Event.REFERRAL_RESTRICTED: gettext_lazy("Restricted it to named people."),
    Event.REFERRER_ADDED: gettext_lazy("Added to what they told us."),
    Event.REFERRER_RETURNED: gettext_lazy("Opened their page."),
    Event.REFERRER_SHOWN: gettext_lazy("Was shown who made it. The referrer had not agreed to be named."),
    Event.REFERRER_SUCCEEDED: gettext_lazy("Recorded who succeeds the referrer in their organisation."),
    Event.REFERRAL_SHARED: gettext_lazy("Shared it with {name}."),
    Event.REFERRER_TOLD: gettext_lazy("Released words to the referrer."),
    Event.RESTRICTION_LIFTED: gettext_lazy("Lifted the restriction to named people."),
    Event.REQUEST_ANSWERED: gettext_lazy("Answered a request for information."),
    Event.REQUEST_CLOSED: gettext_lazy("Closed a request for information."),
    Event.REQUEST_DECLINED: gettext_lazy("Declined a request for information."),
    Event.REQUEST_MADE: gettext_lazy("Asked another agency for information."),
    Event.REQUEST_TAKEN_BACK: gettext_lazy("Took a request for information back."),
    Event.REVIEW_OPENED: gettext_lazy("Opened it to {name} for a learning review."),
    Event.SERVICE_ANSWERED: gettext_lazy("Recorded what the service said to which the person was signposted."),
    Event.SUCCESSION_STRUCK: gettext_lazy("Struck who succeeds the referrer: it was recorded in error."),
    Event.SUCCESSOR_INVITED: gettext_lazy("Sent a link to who succeeds the referrer, and made a code for them."),
    Event.TASK_FINISHED: gettext_lazy("Finished a task."),
    Event.TASK_TAKEN_BACK: gettext_lazy("Took a task back."),
    Event.WHEREABOUTS_WRITTEN: gettext_lazy("Wrote down where the person is."),
    Event.WORRY_ANSWERED: gettext_lazy("Answered a worry about the handling, for the record."),
    Event.WORRY_RAISED: gettext_lazy("Raised a worry about the handling. Those who supervise read it."),
}

# To whom, or to the whole team.
_TASKS = {
    Event.TASK_HANDED: gettext_lazy("Handed a task to {name}."),
    Event.TASK_OPENED: gettext_lazy("Gave a task to {name}."),
    Event.TASK_RELEASED: gettext_lazy("A task fell to {name}."),
}


def _sentence(
    event: EventRecord, referral: Referral, by_id: dict[UUID, Dispatch], names: dict[UUID, str], beside: Beside
) -> str:
    if event.kind in _SAID:
        agency = by_id[event.object_id].agency.name if event.object_id in by_id else _("the agency")
        return str(_SAID[event.kind]).format(agency=agency, name=_name(event, names))
    match event.kind:
        case Event.REFERRAL_HELD:
            return _("Referral received, and held because many that say nearly the same came within minutes.")
        case Event.REFERRAL_RELEASED:
            return _("Released it from the quarantine: what is due is counted from now.")
        case Event.REFERRAL_REJECTED:
            return _("Rejected it in the quarantine.")
        case Event.REFERRAL_SUBMITTED:
            how, agencies = referral.get_received_by_display().lower(), _sent_by(event, by_id, beside)
            if not agencies:  # it went to a desk of which this reader is not told
                return _("Referral received ({how}).").format(how=how)
            return _("Referral received ({how}) and sent to {agencies}.").format(how=how, agencies=agencies)
        case Event.TASK_OPENED | Event.TASK_HANDED | Event.TASK_RELEASED:
            words = _TASKS[Event(event.kind)]
            return str(words).format(name=_name(event, names) if "to" in event.ids else _("the whole team"))
        case Event.RESTRICTION_RELEASED:
            agencies = _sent_by(event, by_id, beside)
            return _("Sent on to {agencies} by the restricted desk.").format(agencies=agencies)
        case _:
            return sentence_of(event, beside)


def _name(event: EventRecord, names: dict[UUID, str]) -> str:
    """To whom it was given, or whose it was."""
    pk = event.ids.get("to") or event.ids.get("was")
    return names.get(UUID(pk), _("a colleague")) if pk else _("a colleague")


def _sent_by(event: EventRecord, by_id: dict[UUID, Dispatch], beside: Beside) -> str:
    """The agencies to which an event sent the referral, whether or not another has accepted it from them since."""
    became = {offer.became_id for offer in beside.offers}
    sent = (each for each in by_id.values() if each.sent_at == event.happened and each.pk not in became)
    return str(_(" and ")).join(each.agency.name for each in sent)


def _names(events: Iterable[EventRecord]) -> dict[UUID, str]:
    taking_part = {UUID(event.ids[role]) for event in events for role in ("to", "was") if role in event.ids}
    ids = {event.actor for event in events} | taking_part
    agents = {agent.pk: str(agent.name_shown) for agent in Agent}
    return agents | names_of(ids)


def _mail(about: list[UUID]) -> list[Moment]:
    """What became of the e-mails to agencies; an agency without e-mail of its own is told by its national desk."""
    notices = Notice.objects.filter(about__in=about, agency__isnull=False).select_related("agency")
    notices = notices.exclude(last_error=KEPT)  # others were told in place of its readers
    return [_mail_moment(notice, notice.agency.name) for notice in notices.defer("address", "details") if notice.agency]


def _mail_moment(notice: Notice, agency: str) -> Moment:
    who = _("the system")
    alert = notice.kind == NoticeKind.IMMEDIATE_ALERT
    if notice.done:
        words = _("Alert sent to the duty contact of {agency}.") if alert else _("E-mail sent to {agency}.")
        return Moment(notice.done, who, words.format(agency=agency))
    if notice.dead:
        return Moment(notice.dead, who, _("E-mail to {agency} could not be delivered.").format(agency=agency))
    return Moment(notice.due, who, _("E-mail to {agency} is waiting to be sent.").format(agency=agency))
