"""WHO may work a referral: officers of the agencies that have it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import RESTRICTED_KINDS, Agency, User
from agencies.permissions import NOT_ALLOWED, Permission, can, require
from agencies.restricted import check_not_hidden, excluded_from, is_hidden_from, is_named_only
from agencies.selectors import covered_by
from audit.actors import Actor
from audit.refusals import Forbidden
from documents.models import Document
from referrals.asked import questions_settled_by
from referrals.models import (
    AccessKind,
    Dispatch,
    Join,
    NamedAccess,
    Note,
    Offer,
    Question,
    Referral,
    Succession,
    Task,
    TaskKind,
    Worry,
)
from referrals.succeeding import successions_settled_by
from referrals.worries import worries_of


def check_can_submit(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may submit a referral: anybody at the form, or staff who enter one."""
    require(actor, Permission.REFERRAL_SUBMIT)


def check_can(actor: Actor, permission: Permission, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` holds `permission` in the dispatch's agency and that agency has it still.

    A dispatch that another agency accepted is forbidden as a stranger's is; so is one that is kept from `actor`.
    """
    require(actor, permission, agency=dispatch.agency)
    check_not_hidden(actor, dispatch.referral_id)
    if not dispatch.stands:
        raise Forbidden(_("Another agency has accepted this referral."))


def can_with(actor: Actor, permission: Permission, dispatch: Dispatch) -> bool:
    """Whether `check_can` would pass."""
    may = dispatch.stands and can(actor, permission, agency=dispatch.agency)
    return may and not is_hidden_from(actor, dispatch.referral_id)


def check_can_acknowledge(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` is an officer of the dispatch's agency."""
    check_can(actor, Permission.DISPATCH_ACKNOWLEDGE, dispatch)


def can_acknowledge(actor: Actor, dispatch: Dispatch) -> bool:
    """Whether `check_can_acknowledge` would pass."""
    return can_with(actor, Permission.DISPATCH_ACKNOWLEDGE, dispatch)


def check_can_assign(actor: Actor, dispatch: Dispatch, to: User) -> None:
    """Raise Forbidden unless `actor` may assign in the dispatch's agency and `to` may work it there."""
    check_can(actor, Permission.DISPATCH_ASSIGN, dispatch)
    if not can_with(to, Permission.DISPATCH_READ, dispatch):
        raise Forbidden(_("This colleague does not work referrals of your agency."))


def check_can_reassign(actor: Actor, dispatch: Dispatch, to: User) -> None:
    """Raise Forbidden unless `actor` supervises the dispatch's agency and `to` may work it there."""
    require(actor, Permission.DISPATCH_SUPERVISE, agency=dispatch.agency)
    check_can_assign(actor, dispatch, to)


def check_can_decide_quarantine(actor: Actor) -> None:
    """Raise Forbidden unless `actor` is an officer of a national desk, or carries out what one of them decided."""
    require(actor, Permission.QUARANTINE_DECIDE)


def check_can_write_note(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` may write notes in the dispatch's agency."""
    check_can(actor, Permission.NOTE_WRITE, dispatch)


def check_can_detach_note(actor: Actor, note: Note, dispatch: Dispatch | None) -> None:
    """Raise Forbidden unless the note is of `actor`'s agency, and `dispatch` is how that agency has the referral."""
    if dispatch is None or dispatch.agency_id != note.agency_id:
        raise Forbidden(_("Another agency has accepted this referral."))
    check_can(actor, Permission.NOTE_DETACH, dispatch)


def check_can_detach_document(actor: Actor, document: Document, dispatches: Iterable[Dispatch]) -> None:
    """Raise Forbidden unless the document is among those `can_detach`."""
    if not can_detach(actor, [document], dispatches):
        raise Forbidden(_("Only an officer of the agency that answers for a document takes it away."))


def can_detach(actor: Actor, documents: Iterable[Document], dispatches: Iterable[Dispatch]) -> set[UUID]:
    """Which documents of a referral `actor` may take away; `dispatches` are all of that referral.

    One that an agency has added is that agency's as long as it has the referral. Any other, and so what came with the
    referral, is of every agency that has it.
    """
    having = {each.agency_id: each for each in dispatches if each.stands}
    may = {pk for pk, each in having.items() if can_with(actor, Permission.DOCUMENT_DETACH, each)}
    return {each.pk for each in documents if (each.agency_id in may if each.agency_id in having else may)}


def check_can_answer_offer(actor: Actor, offer: Offer) -> None:
    """Raise Forbidden unless `actor` is an officer of the agency to which the referral is offered."""
    require(actor, Permission.OFFER_ANSWER, agency=offer.agency)
    check_not_hidden(actor, offer.dispatch.referral_id)


def check_can_undo_join(actor: Actor, join: Join, theirs: Iterable[Dispatch]) -> None:
    """Raise Forbidden unless among `theirs` are dispatches of both referrals in which `actor` may join."""
    may = {each.referral_id for each in theirs if can_with(actor, Permission.REFERRAL_JOIN, each)}
    if not {join.earlier_id, join.later_id} <= may:
        raise Forbidden(_("Only who can read both referrals can undo this."))


def check_can_decide_withdrawal(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` is an officer of the police agency that has the referral."""
    check_can(actor, Permission.WITHDRAWAL_DECIDE, dispatch)
    if not dispatch.agency.is_police:
        raise Forbidden(_("The police decide whether to go on with a referral."))


def can_decide_withdrawal(actor: Actor, dispatch: Dispatch) -> bool:
    """Whether `check_can_decide_withdrawal` would pass."""
    return dispatch.agency.is_police and can_with(actor, Permission.WITHDRAWAL_DECIDE, dispatch)


def check_can_release(actor: Actor, referral: Referral) -> None:
    """Raise Forbidden unless `actor` is an officer of a restricted desk that has the referral."""
    _require_at_desk(actor, Permission.RESTRICTION_RELEASE, referral)


def can_release(actor: Actor, referral: Referral) -> bool:
    """Whether `check_can_release` would pass."""
    return _can_at_desk(actor, Permission.RESTRICTION_RELEASE, referral)


def check_can_exclude(actor: Actor, referral: Referral) -> None:
    """Raise Forbidden unless `actor` works at a restricted desk that has the referral."""
    _require_at_desk(actor, Permission.EXCLUSION_ADD, referral)


def can_exclude(actor: Actor, referral: Referral) -> bool:
    """Whether `check_can_exclude` would pass."""
    return _can_at_desk(actor, Permission.EXCLUSION_ADD, referral)


def check_can_finish(actor: Actor, task: Task) -> None:
    """Raise Forbidden unless `actor` may finish tasks of the agency that has this one, and it is theirs to finish."""
    require(actor, Permission.TASK_FINISH, agency=task.agency)
    check_not_hidden(actor, task.referral_id)
    if not _is_theirs(actor, task):
        raise Forbidden(_NOT_THEIRS.format(name=task.whose))


def can_finish(actor: Actor, task: Task) -> bool:
    """Whether `check_can_finish` would pass."""
    return _works(actor, Permission.TASK_FINISH, task) and _is_theirs(actor, task)


def check_can_hand(actor: Actor, task: Task, to: User | None) -> None:
    """Raise Forbidden unless `actor` may give the task to `to`, or without one to the whole team.

    Its owner, whoever opened it, whoever covers and a supervisor; of what nobody has, everybody in the team. `to` must
    be able to finish it.
    """
    require(actor, Permission.TASK_OPEN, agency=task.agency)
    check_not_hidden(actor, task.referral_id)
    if not (_is_theirs(actor, task) or task.opened_by == actor.pk):
        raise Forbidden(_NOT_THEIRS.format(name=task.whose))
    if to is not None and not _works(to, Permission.TASK_FINISH, task):
        raise Forbidden(_("This colleague does not work referrals of your agency."))


def can_hand(actor: Actor, task: Task) -> bool:
    """Whether `check_can_hand` would pass for some colleague."""
    theirs = task.kind == TaskKind.WORK and (task.opened_by == actor.pk or _is_theirs(actor, task))
    return theirs and _works(actor, Permission.TASK_OPEN, task)


def check_can_take_back(actor: Actor, task: Task) -> None:
    """Raise Forbidden unless `actor` opened the task or supervises its agency; of the team's, everybody in it may."""
    if not can_take_back(actor, task):
        raise Forbidden(_("Whoever gave the task or a supervisor takes it back."))


def can_take_back(actor: Actor, task: Task) -> bool:
    """Whether `check_can_take_back` would pass."""
    gave = task.opened_by == actor.pk or can(actor, Permission.DISPATCH_SUPERVISE, agency=task.agency)
    return (gave or task.owner_id is None) and _works(actor, Permission.TASK_OPEN, task)


_NOT_THEIRS = _("This is for {name} to do. They, or a supervisor, can hand it to you.")


def _works(actor: Actor, needed: Permission, task: Task) -> bool:
    return can(actor, needed, agency=task.agency) and not is_hidden_from(actor, task.referral_id)


def _is_theirs(actor: Actor, task: Task) -> bool:
    """Whether it is for `actor` to do: theirs, their team's or role's, of whom they cover today or supervise."""
    if task.owner_id is None or task.owner_id == actor.pk:
        return True
    if not isinstance(actor, User) or can(actor, Permission.DISPATCH_SUPERVISE, agency=task.agency):
        return isinstance(actor, User)
    covered = covered_by(actor, on=timezone.localdate()).filter(user=task.owner_id, agency=task.agency)
    return bool(covered.exists())


def _require_at_desk(actor: Actor, permission: Permission, referral: Referral) -> None:
    if not _can_at_desk(actor, permission, referral):
        raise Forbidden(NOT_ALLOWED)


def _can_at_desk(actor: Actor, permission: Permission, referral: Referral) -> bool:
    desks = Agency.objects.filter(dispatches__referral=referral, kind__in=RESTRICTED_KINDS)
    return any(can(actor, permission, agency=desk) for desk in desks) and not is_hidden_from(actor, referral.pk)


# Who opens a referral of their agency to somebody by name, for each kind; who may be opened it; and who ends it.
OPENS = {AccessKind.SHARE: Permission.REFERRAL_SHARE, AccessKind.REVIEW: Permission.REVIEW_OPEN}
OPENED_TO = {AccessKind.SHARE: Permission.DISPATCH_READ, AccessKind.REVIEW: Permission.REVIEW_READ}
ENDS = {
    **OPENS,
    AccessKind.BREAK_GLASS: Permission.DISPATCH_SUPERVISE,
    AccessKind.NAMED: Permission.REFERRAL_RESTRICT,
}


def check_can_open(actor: Actor, kind: AccessKind, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` may open the dispatch's referral to others in this way.

    Of a record that is restricted to named people, those decide who reads it who decide who is named.
    """
    check_can(actor, OPENS[kind], dispatch)
    if is_named_only(dispatch.referral_id):
        check_can_restrict(actor, dispatch)


def check_can_be_opened_to(user: User, referral: Referral) -> None:
    """Raise Forbidden for somebody who is excluded from the referral."""
    if excluded_from(referral.pk).filter(user=user).exists():
        raise Forbidden(NOT_ALLOWED)


def check_can_end_access(actor: Actor, access: NamedAccess, theirs: Iterable[Dispatch]) -> None:
    """Raise Forbidden unless among `theirs` is how an agency has the referral in which `actor` ends such accesses."""
    if not can_end_access(actor, access, theirs):
        raise Forbidden(NOT_ALLOWED)


def can_end_access(actor: Actor, access: NamedAccess, theirs: Iterable[Dispatch]) -> bool:
    """Whether `check_can_end_access` would pass."""
    return any(can_with(actor, ENDS[AccessKind(access.kind)], dispatch) for dispatch in theirs)


def check_can_show_referrer(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` works the dispatch's referral, and may have it shown who made it."""
    check_can(actor, Permission.REFERRER_SHOW, dispatch)


def can_show_referrer(actor: Actor, dispatch: Dispatch) -> bool:
    """Whether `check_can_show_referrer` would pass."""
    return can_with(actor, Permission.REFERRER_SHOW, dispatch)


def check_can_restrict(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` supervises an agency that has the referral, and may know of it."""
    check_can(actor, Permission.REFERRAL_RESTRICT, dispatch)


def check_can_break_glass(actor: Actor) -> None:
    """Raise Forbidden unless `actor` works referrals somewhere, where emergencies are met."""
    require(actor, Permission.GLASS_BREAK)


def check_can_review_emergency(actor: Actor, access: NamedAccess, agencies: Iterable[Agency]) -> None:
    """Raise Forbidden unless `actor` reviews emergency access in one of the agencies; nobody reviews their own."""
    if not any(can(actor, Permission.GLASS_REVIEW, agency=agency) for agency in agencies):
        raise Forbidden(NOT_ALLOWED)
    if actor.pk == access.user_id:
        raise Forbidden(_("You used it yourself. Somebody else reviews it."))


def check_can_settle_question(actor: Actor, question: Question) -> None:
    """Raise Forbidden unless `actor` asks referrers for the agency that asks, or for the one that has it from it."""
    if not isinstance(actor, User) or not questions_settled_by(actor).filter(pk=question.pk).exists():
        raise Forbidden(NOT_ALLOWED)


def check_can_settle_succession(actor: Actor, succession: Succession) -> None:
    """Raise Forbidden unless `actor` asks referrers for an agency that has the referral."""
    if not isinstance(actor, User) or not successions_settled_by(actor).filter(pk=succession.pk).exists():
        raise Forbidden(NOT_ALLOWED)


def check_can_answer_worry(actor: Actor, worry: Worry) -> None:
    """Raise Forbidden unless `actor` answers worries for the agency that has this one, and does not work it themselves.

    One of those who supervise, or of a restricted desk, where nobody does.
    """
    if not isinstance(actor, User) or not worries_of(actor).filter(pk=worry.pk).exists():
        raise Forbidden(NOT_ALLOWED)
    if Dispatch.objects.filter(referral=worry.referral_id, assigned_to=actor).exists():
        raise Forbidden(_("You work this referral. Somebody else who supervises answers."))
