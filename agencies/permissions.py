"""WHO may: permissions as code, asked in one place."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from audit.agents import Agent
from audit.refusals import Forbidden

if TYPE_CHECKING:
    from agencies.models import Agency, ApiKey, Membership, Notice, Proposal, User
    from agencies.roles import RoleName


class Permission(StrEnum):
    """What can be done in the house, NOUN_VERB, in alphabetical order."""

    ABSENCE_ARRANGE = "absence.arrange"
    AGENCY_EDIT = "agency.edit"
    API_KEY_APPROVE = "api_key.approve"
    API_KEY_MANAGE = "api_key.manage"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFY = "audit.verify"
    DECONFLICTION_ANSWER = "deconfliction.answer"
    DECONFLICTION_ASK = "deconfliction.ask"
    DEMONSTRATION_SEED = "demonstration.seed"
    DISPATCH_ACKNOWLEDGE = "dispatch.acknowledge"
    DISPATCH_ASSIGN = "dispatch.assign"
    DISPATCH_FETCH = "dispatch.fetch"
    DISPATCH_LINK = "dispatch.link"
    DISPATCH_OVERSEE = "dispatch.oversee"
    DISPATCH_READ = "dispatch.read"
    DISPATCH_RELEASE = "dispatch.release"
    DISPATCH_SUPERVISE = "dispatch.supervise"
    DOCUMENT_ADD = "document.add"
    DOCUMENT_CHECK = "document.check"
    DOCUMENT_DETACH = "document.detach"
    DOCUMENT_SWEEP = "document.sweep"
    DRAFT_SWEEP = "draft.sweep"
    ENDPOINT_EDIT = "endpoint.edit"
    EXCLUSION_ADD = "exclusion.add"
    EXPORT_MAKE = "export.make"
    EXPORT_SWEEP = "export.sweep"
    GATEWAY_SIGN = "gateway.sign"
    GATEWAY_WRITE = "gateway.write"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    HOME_READ = "home.read"
    INVITATION_ACCEPT = "invitation.accept"
    MATCH_CHECK = "match.check"
    MATCH_DECIDE = "match.decide"
    MATCH_READ = "match.read"
    MEMBERSHIP_ADD = "membership.add"
    MEMBERSHIP_APPROVE = "membership.approve"
    MEMBERSHIP_END = "membership.end"
    MEMBERSHIP_OVERSEE = "membership.oversee"
    NOTE_DETACH = "note.detach"
    NOTE_WRITE = "note.write"
    NOTICE_OVERSEE = "notice.oversee"
    NOTICE_READ = "notice.read"
    NOTICE_REPLAY = "notice.replay"
    NOTICE_SEND = "notice.send"
    OFFER_ANSWER = "offer.answer"
    OFFER_MAKE = "offer.make"
    PARTNERSHIP_READ = "partnership.read"
    PARTNERSHIP_SUPERVISE = "partnership.supervise"
    PARTNERSHIP_WORK = "partnership.work"
    QUARANTINE_DECIDE = "quarantine.decide"
    RECORD_SEARCH = "record.search"
    RECORD_WRITE = "record.write"
    REFERENCE_DATA_LOAD = "reference_data.load"
    REFERRAL_DETACH = "referral.detach"
    REFERRAL_ENTER = "referral.enter"
    REFERRAL_FOLLOW = "referral.follow"
    REFERRAL_JOIN = "referral.join"
    REFERRAL_READ = "referral.read"
    REFERRAL_RESTRICT = "referral.restrict"
    REFERRAL_SHARE = "referral.share"
    REFERRAL_SUBMIT = "referral.submit"
    REFERRAL_WITHDRAW = "referral.withdraw"
    REFERRER_ASK = "referrer.ask"
    REFERRER_LINK = "referrer.link"
    REFERRER_RETURN = "referrer.return"
    REFERRER_SHOW = "referrer.show"
    REQUEST_ANSWER = "request.answer"
    REQUEST_SEND = "request.send"
    RESTRICTION_RELEASE = "restriction.release"
    REVIEW_OPEN = "review.open"
    REVIEW_READ = "review.read"
    STANDARD_READ = "standard.read"
    STANDARD_WRITE = "standard.write"
    TARGET_EDIT = "target.edit"
    TARGET_OVERSEE = "target.oversee"
    TARGET_READ = "target.read"
    TASK_FINISH = "task.finish"
    TASK_OPEN = "task.open"
    URGENCY_SEE = "urgency.see"
    USER_CREATE = "user.create"
    USER_DEACTIVATE = "user.deactivate"
    WAITING_READ = "waiting.read"
    WEBHOOK_SEND = "webhook.send"
    WITHDRAWAL_DECIDE = "withdrawal.decide"
    WITHDRAWAL_REPORT = "withdrawal.report"
    WORRY_ANSWER = "worry.answer"


AGENT_PERMISSIONS: dict[Agent, frozenset[Permission]] = {
    Agent.REFERRER: frozenset(
        {
            Permission.NOTICE_SEND,
            Permission.REFERRAL_SUBMIT,
            Permission.REFERRAL_WITHDRAW,
            Permission.REFERRER_LINK,
            Permission.REFERRER_RETURN,
        }
    ),
    Agent.MESSENGER: frozenset({Permission.NOTICE_SEND, Permission.WEBHOOK_SEND}),
    # It also carries out what the national desk has decided about a flood, and sends what was released.
    Agent.SWEEPER: frozenset(
        {
            Permission.DECONFLICTION_ASK,
            Permission.DISPATCH_RELEASE,
            Permission.DOCUMENT_CHECK,
            Permission.DOCUMENT_SWEEP,
            Permission.DRAFT_SWEEP,
            Permission.EXPORT_SWEEP,
            Permission.MATCH_DECIDE,
            Permission.MEMBERSHIP_END,
            Permission.NOTICE_SEND,
            Permission.QUARANTINE_DECIDE,
            Permission.REFERRAL_SUBMIT,
            Permission.REFERRER_LINK,
            Permission.WEBHOOK_SEND,
        }
    ),
    Agent.SEALER: frozenset({Permission.AUDIT_VERIFY}),
    Agent.VISITOR: frozenset({Permission.INVITATION_ACCEPT}),
    Agent.OPERATOR: frozenset(
        {
            Permission.AGENCY_EDIT,
            Permission.API_KEY_MANAGE,
            Permission.DECONFLICTION_ASK,
            Permission.DEMONSTRATION_SEED,
            Permission.ENDPOINT_EDIT,
            Permission.MEMBERSHIP_ADD,
            Permission.MEMBERSHIP_END,
            Permission.REFERENCE_DATA_LOAD,
            Permission.STANDARD_WRITE,
            Permission.TARGET_EDIT,
            Permission.TARGET_OVERSEE,
            Permission.USER_CREATE,
            Permission.USER_DEACTIVATE,
        }
    ),
}


def can(actor: Actor, permission: Permission, *, agency: "Agency | None" = None) -> bool:
    """Whether `actor` holds `permission`, in `agency` when one is given, in any of theirs otherwise."""
    from agencies.models import User
    from agencies.roles import ROLES

    if isinstance(actor, Agent):
        return permission in AGENT_PERMISSIONS[actor]
    if not isinstance(actor, User) or not actor.is_active:
        return False
    return any(
        permission in ROLES[membership.role].permissions
        for membership in actor.current_memberships
        if agency is None or membership.agency_id == agency.pk
    )


def agencies_where(user: "User", permission: Permission) -> "list[Agency]":
    """The agencies in which `user` holds `permission` today: a role in one says nothing about the others."""
    return [agency for agency in user.agencies if can(user, permission, agency=agency)]


NOT_ALLOWED = _("Your role does not allow this. Ask your system administrator if it should.")


def require(actor: Actor, permission: Permission, *, agency: "Agency | None" = None) -> None:
    """Raise Forbidden unless `can(actor, permission, agency=agency)`."""
    if not can(actor, permission, agency=agency):
        raise Forbidden(NOT_ALLOWED)


def check_can_edit_targets(actor: Actor, agency: "Agency | None") -> None:
    """Raise Forbidden unless they are those of an agency of `actor`, or `actor` sets everybody's and the default."""
    if agency is None or not can(actor, Permission.TARGET_EDIT, agency=agency):
        require(actor, Permission.TARGET_OVERSEE)


def check_can_arrange_absence(actor: Actor, agency: "Agency", away: "User") -> None:
    """Raise Forbidden unless `actor` arranges their own absence in `agency`, or supervises there."""
    own = actor.pk == away.pk
    require(actor, Permission.ABSENCE_ARRANGE if own else Permission.DISPATCH_SUPERVISE, agency=agency)


def check_can_end_membership(actor: Actor, membership: "Membership") -> None:
    """Raise Forbidden unless `actor` supervises in that agency, or administers them all; nobody ends their own."""
    if not can(actor, Permission.MEMBERSHIP_OVERSEE):
        require(actor, Permission.MEMBERSHIP_END, agency=membership.agency)
    if actor.pk == membership.user_id:
        raise Forbidden(_("You cannot end your own membership. Ask another supervisor."))


def check_can_give_role(actor: Actor, user: "User", role: "RoleName", *, approving: "Proposal | None" = None) -> None:
    """Raise Forbidden unless `actor` may give this role to `user`.

    A role that takes two is given by approving what another administrator proposed; operators, who have the machine
    in their hands, give it alone.
    """
    from agencies.models import User
    from agencies.roles import takes_two

    check_can_propose(actor, user)
    if isinstance(actor, User) and takes_two(role):
        if approving is None:
            raise Forbidden(_("Another administrator has to approve this role."))
        check_can_approve(actor, approving)


def check_can_propose(actor: Actor, user: "User") -> None:
    """Raise Forbidden unless `actor` may give roles, or propose them; nobody gives anything to themselves."""
    require(actor, Permission.MEMBERSHIP_ADD)
    if actor.pk == user.pk:
        raise Forbidden(_("You cannot give a role to yourself. Ask another administrator."))


def check_can_approve(actor: Actor, proposal: "Proposal") -> None:
    """Raise Forbidden unless `actor` may approve the proposal: not their own, nor one about themselves."""
    require(actor, Permission.MEMBERSHIP_APPROVE)
    if actor.pk in {proposal.proposed_by_id, proposal.user_id}:
        raise Forbidden(_("Somebody else has to approve this: you proposed it, or it is about you."))


def check_can_approve_key(actor: Actor, key: "ApiKey") -> None:
    """Raise Forbidden unless `actor` may approve the key: nobody approves one that they were shown."""
    require(actor, Permission.API_KEY_APPROVE)
    if actor.pk == key.made_by:
        raise Forbidden(_("You made this key. Another administrator has to approve it."))


def check_can_close_account(actor: Actor, user: "User") -> None:
    """Raise Forbidden unless `actor` may suspend or close this account; nobody does that to their own."""
    require(actor, Permission.USER_DEACTIVATE)
    if actor.pk == user.pk:
        raise Forbidden(_("You cannot suspend or close your own account. Ask another administrator."))


def check_can_end_sessions(actor: Actor, user_id: UUID) -> None:
    """Raise Forbidden unless they are the sessions of `actor`, or `actor` may close accounts."""
    if actor.pk != user_id:
        require(actor, Permission.USER_DEACTIVATE)


def check_can_replay(actor: Actor, notice: "Notice") -> None:
    """Raise Forbidden unless the notice is mail of an agency of `actor`, or they oversee every e-mail."""
    if notice.agency is None or not can(actor, Permission.NOTICE_REPLAY, agency=notice.agency):
        require(actor, Permission.NOTICE_OVERSEE)
