"""WHO answers a deconfliction, sees what was urgent, assesses and signs, and works a police-led partnership.

Who may ask FIMU: `people.permissions`.
"""

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import NOT_ALLOWED, Permission
from audit.actors import Actor
from audit.refusals import Forbidden
from people.models import Urgency
from people.permissions import agencies_clearing
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from referrals.models.withdrawal import UNSETTLED
from referrals.permissions import can_with
from referrals.reached import is_referrer
from triage.models import Deconfliction, GatewayAssessment, Partnership, PlannedAction
from triage.models.outcome import TAKES_WITHDRAWAL
from triage.partnerships import running_about
from triage.selectors import deciding
from triage.states import HandoverState
from triage.urgent import urgencies_of


def agency_answering(actor: User, deconfliction: Deconfliction) -> Agency:
    """The police agency that has the referral and for which `actor` answers. Raises Forbidden for anybody else.

    A restricted desk that has sent it on answers no more: FIMU of the region does.
    """
    about = deciding(actor, Permission.DECONFLICTION_ANSWER).filter(referral=deconfliction.referral_id)
    answers = set(about.values_list("agency_id", flat=True))
    for agency in agencies_clearing(actor, deconfliction.person_id):
        if agency.pk in answers:
            return agency
    raise Forbidden(NOT_ALLOWED)


def check_can_assess(actor: Actor, needed: Permission, referral: Referral) -> Dispatch:
    """How the police agency has the referral for which `actor` may do what is `needed`. Raises Forbidden otherwise.

    A restricted desk that has sent it on decides nothing any more: the region does.
    """
    standing = referral.dispatches.filter(STANDING).select_related("agency").order_by("sent_at", "pk")
    police = [dispatch for dispatch in standing if dispatch.agency.is_police]
    for dispatch in [each for each in police if not each.agency.is_restricted] or police:
        dispatch.referral = referral
        if can_with(actor, needed, dispatch):
            return dispatch
    raise Forbidden(NOT_ALLOWED)


def check_signs_for_others(actor: User, assessment: GatewayAssessment) -> None:
    """Raise Forbidden for whoever wrote in it, proposed it, has signed it as it was proposed last, or is the referrer.

    For whoever recorded that it was sent in error or withdrawn, where that is the outcome.
    And for the owner of the partnership that it may end, and whoever owned that.
    """
    if actor.pk in {*assessment.authors, assessment.proposed_by_id}:
        raise Forbidden(_("Nobody signs what they wrote. A colleague signs it."), code="own_words")
    if assessment.signatures.filter(round=assessment.round, signed_by=actor).exists():
        raise Forbidden(_("You have signed it. A second supervisor signs it too."), code="signed_once")
    if is_referrer(actor, assessment.referral):
        raise Forbidden(_("You sent the referral. Somebody else signs what becomes of it."), code="own_referral")
    reported = assessment.referral.withdrawals.filter(UNSETTLED, reported_by=actor.pk)
    if assessment.outcome in TAKES_WITHDRAWAL and reported.exists():
        raise Forbidden(
            _("You recorded that it was sent in error or withdrawn. Somebody else signs."), code="own_report"
        )
    running = running_about(assessment.referral)
    if running is not None and has_owned(actor, running):
        raise Forbidden(
            _("You own the police-led partnership, or did. Somebody else signs what becomes of it."), code="owns_it"
        )


def check_can_name_owner(actor: User, partnership: Partnership) -> Dispatch:
    """How the police agency has it for which `actor` supervises partnerships, or owns this one. Raises Forbidden."""
    owns = partnership.owner_id == actor.pk
    needed = Permission.PARTNERSHIP_WORK if owns else Permission.PARTNERSHIP_SUPERVISE
    return check_can_assess(actor, needed, partnership.referral)


def check_can_own(user: User, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `user` works partnerships of the dispatch's agency and may know of this referral."""
    if not can_with(user, Permission.PARTNERSHIP_WORK, dispatch):
        raise Forbidden(_("This colleague does not work partnerships of your agency."))


def check_owns(actor: User, partnership: Partnership) -> Dispatch:
    """How the police agency has it, where `actor` owns the partnership and works there still. Raises Forbidden."""
    dispatch = check_can_assess(actor, Permission.PARTNERSHIP_WORK, partnership.referral)
    if not owns(actor, partnership):
        raise Forbidden(_("Only the officer who owns the partnership does this."))
    return dispatch


def has_owned(actor: User, partnership: Partnership) -> bool:
    """Whether it is theirs, or was before they handed it over."""
    accepted = partnership.handovers.filter(to=actor, state=HandoverState.ACCEPTED)
    return owns(actor, partnership) or accepted.exists()


def owns(actor: User, partnership: Partnership) -> bool:
    """Whether it is theirs, of the referrals that they may work."""
    return partnership.owner_id == actor.pk


def closes(actor: User, planned: PlannedAction) -> bool:
    """Whether it is theirs to do, or the partnership is, of the referrals that they may work."""
    return actor.pk in {planned.owner_id, planned.partnership.owner_id}


def check_can_close(actor: User, planned: PlannedAction) -> None:
    """Raise Forbidden unless `actor` is to do it, or owns the partnership, and works there still."""
    check_can_assess(actor, Permission.PARTNERSHIP_WORK, planned.partnership.referral)
    if not closes(actor, planned):
        raise Forbidden(_("Only who is to do it, or owns the partnership, says what became of it."))


def check_can_see_urgency(actor: Actor, urgency: Urgency) -> None:
    """Raise Forbidden unless `actor` is of the police agency that has the referral, and may know of it."""
    if not isinstance(actor, User) or not urgencies_of(actor).filter(pk=urgency.pk).exists():
        raise Forbidden(NOT_ALLOWED)
