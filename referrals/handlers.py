"""What the referrals room does when something has happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.delivery import freshens
from agencies.models import Notice, NoticeKind
from agencies.restricted import restricted_now
from audit.actors import Actor
from audit.agents import Agent
from audit.events import Event, handles
from audit.models import EventRecord
from referrals.actions.ask_to_read import ask_to_read
from referrals.actions.call_referrer import call_referrer
from referrals.actions.close_accesses import close_accesses
from referrals.actions.mail_successor import mail_successor
from referrals.actions.make_referrer_link import make_referrer_link
from referrals.actions.release_work import release_work
from referrals.links import dispatch_link
from referrals.mailing import addresses_of
from referrals.models import Dispatch, NamedAccess, Question, Referral, Referrer
from referrals.models.dispatch import STANDING
from referrals.overdue_mail import overdue_lines
from referrals.reached import address_now
from referrals.succeeding import standing


@handles(Event.MEMBERSHIP_ENDED)
def release_what_was_assigned(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Somebody left: what was theirs in that agency is nobody's again."""
    user, agency = UUID(event.ids["user"]), UUID(event.ids["agency"])
    release_work(user_id=user, agency_id=agency, once=str(event.pk), by=by, now=now)


@handles(Event.MEMBERSHIP_ENDED)
def close_what_was_opened(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Somebody left: what was opened to them by name for that agency ends too."""
    close_accesses(user_id=UUID(event.ids["user"]), agency_id=UUID(event.ids["agency"]), by=by, now=now)


@freshens(NoticeKind.OVERDUE)
def say_what_waits_still(notice: Notice) -> dict[str, Any] | None:
    """A reminder that waited for the mail server names nothing that was received meanwhile."""
    return overdue_lines(notice)


@freshens(NoticeKind.REFERRAL_OPENED)
def only_while_it_is_opened(notice: Notice) -> dict[str, Any] | None:
    """The same, or nothing where it was ended while the e-mail waited, as a restriction ends it."""
    details: dict[str, Any] = notice.details
    return details if NamedAccess.objects.filter(pk=notice.about).exists() else None


@freshens(NoticeKind.CONFIRMATION)
@freshens(NoticeKind.REFERRER_CALLED)
@freshens(NoticeKind.REFERRER_INVITED)
@freshens(NoticeKind.REFERRER_LINK)
@freshens(NoticeKind.REFERRER_THANKED)
def only_to_who_answers_now(notice: Notice) -> dict[str, Any] | None:
    """The same, or nothing where somebody else answers since: whoever was succeeded is written to no more."""
    details: dict[str, Any] = notice.details
    referral = Referral.objects.filter(pk=notice.about, successions__isnull=False).first()
    return details if referral is None or address_now(referral) == notice.address else None


@freshens(NoticeKind.WORK_RELEASED)
def count_what_is_not_kept(notice: Notice) -> dict[str, Any] | None:
    """Without what was restricted while the e-mail waited: its readers would count one more than they see."""
    kept = set(restricted_now().filter(about__in=notice.tells_of).values_list("about", flat=True))
    notice.tells_of = [each for each in notice.tells_of if each not in kept]
    return {**notice.details, "count": len(notice.tells_of)} if notice.tells_of else None


@handles(Event.REFERRAL_SUBMITTED)
@handles(Event.RESTRICTION_RELEASED)
def tell_mailboxes(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Queue the e-mail to each agency that the referral was sent to then: reference and link only.

    Not to one that has handed it on since, nor to one that accepted it from another: both know.
    """
    sent = Dispatch.objects.filter(STANDING, referral_id=event.object_id, sent_at=event.happened)
    for dispatch in sent.select_related("agency", "referral").order_by("pk"):
        for number, address in enumerate(addresses_of(dispatch)):
            send_notice(
                kind=NoticeKind.NEW_REFERRAL,
                about=dispatch.pk,
                tells_of=[dispatch.referral_id],
                agency=dispatch.agency,
                address=address,
                details={"reference": dispatch.referral.reference, "link": dispatch_link(dispatch)},
                once=f"dispatch:{dispatch.pk}" + (f":{number}" if number else ""),
                by=by,
                now=now,
            )


@handles(Event.REFERRAL_SUBMITTED)
def confirm_to_referrer(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Send the referrer their reference and a link to their page, if they gave an e-mail address."""
    referrer = Referrer.objects.select_related("referral").get(referral_id=event.object_id)
    referral = referrer.referral
    once = f"confirmation:{referral.pk}"
    if not referrer.email or standing(referral.pk) or Notice.objects.filter(once=once).exists():
        return
    send_notice(
        kind=NoticeKind.CONFIRMATION,
        about=referral.pk,
        tells_of=[referral.pk],
        key_of=referral.person_id,
        address=referrer.email,
        details={
            "reference": referral.reference,
            "link": make_referrer_link(referral=referral, by=by, now=now),
        },
        language=referral.language,
        once=once,
        by=by,
        now=now,
    )


@handles(Event.QUESTION_RELEASED)
@handles(Event.REFERRER_TOLD)
def tell_of_the_page(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """The referrer hears that something is on their page, where a link has verified their address."""
    call_referrer(referral_id=UUID(event.ids["referral"]), occasion=event.object_id, by=by, now=now)


@handles(Event.SUCCESSOR_INVITED)
def send_link_to_successor(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Whoever succeeds a referrer is sent the first link of their own."""
    mail_successor(succession_id=event.object_id, occasion=event.pk, by=by, now=now)


@handles(Event.QUESTION_ANSWERED)
@handles(Event.REFERRER_ADDED)
def ask_to_read_what_was_added(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Both agencies are asked to read it; one that has still to take receipt sees it with the referral.

    The answer to a restricted desk is that desk's alone.
    """
    about = event.ids.get("referral", event.object_id)
    standing = Dispatch.objects.filter(STANDING, referral_id=about).exclude(acknowledged_by=None)
    question = Question.objects.select_related("agency").filter(pk=event.object_id).first()
    if question is not None and question.agency.is_restricted:
        standing = standing.filter(agency=question.agency)
    for pk in standing.order_by("pk").values_list("pk", flat=True):
        ask_to_read(dispatch_id=pk, by=by, now=now)


@handles(Event.DOCUMENT_ADDED)
def ask_to_read_what_was_filed(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """The same of a file of the referrer's: it is kept at once, also where they leave before they send the words."""
    if event.actor == Agent.REFERRER.pk:
        ask_to_read_what_was_added(event, by=by, now=now)
