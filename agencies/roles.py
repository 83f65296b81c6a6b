"""Roles as code: what each may do, and on which kinds of agency it may hang."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import AgencyKind
from agencies.permissions import Permission


class RoleName(models.TextChoices):
    """The names stored on memberships."""

    CTP_OFFICER = "ctp_officer", _("CTP case officer")
    CTP_SUPERVISOR = "ctp_supervisor", _("CTP supervisor")
    AUTHORITY_LEAD = "authority_lead", _("Local authority Prevent lead")
    AUTHORITY_SUPERVISOR = "authority_supervisor", _("Local authority supervisor")
    CHANNEL_COORDINATOR = "channel_coordinator", _("Channel coordinator")
    CHANNEL_CHAIR = "channel_chair", _("Channel chair")
    PANEL_MEMBER = "panel_member", _("Channel panel member")
    INTERVENTION_PROVIDER = "intervention_provider", _("Intervention provider")
    FIMU_ANALYST = "fimu_analyst", _("FIMU analyst")
    NATIONAL_DESK_OFFICER = "national_desk_officer", _("National desk officer")
    NATIONAL_DESK_SUPERVISOR = "national_desk_supervisor", _("National desk supervisor")
    RESTRICTED_DESK_OFFICER = "restricted_desk_officer", _("Restricted desk officer")
    ALLEGATIONS_OFFICER = "allegations_officer", _("Officer responsible for allegations against staff")
    RETENTION_ADMINISTRATOR = "retention_administrator", _("Retention administrator")
    RETENTION_APPROVER = "retention_approver", _("Retention approver")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    AUDITOR = "auditor", _("Auditor or independent reviewer")
    STANDARDS_LEAD = "standards_lead", _("CTP headquarters standards lead")
    HOME_OFFICE_ANALYST = "home_office_analyst", _("Home Office analyst")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SENDING_SYSTEM = "sending_system", _("System that sends referrals")
    RECEIVING_SYSTEM = "receiving_system", _("System that receives referrals")


@dataclass(frozen=True)
class Role:
    """One role."""

    description: str | Promise
    agency_kinds: frozenset[AgencyKind]
    permissions: frozenset[Permission]
    for_systems: bool = False  # hangs on service accounts only, and they hold no other
    reads_cases: bool = True  # or will, with its later pages; nobody has one that does beside one that does not


_WORKS_REFERRALS = frozenset(
    {
        Permission.ABSENCE_ARRANGE,
        Permission.HOME_READ,
        Permission.DECONFLICTION_ASK,
        Permission.DISPATCH_READ,
        Permission.DISPATCH_ACKNOWLEDGE,
        Permission.DISPATCH_ASSIGN,
        Permission.DOCUMENT_ADD,
        Permission.DOCUMENT_DETACH,
        Permission.MATCH_DECIDE,
        Permission.MATCH_READ,
        Permission.NOTE_DETACH,
        Permission.NOTE_WRITE,
        Permission.NOTICE_READ,
        Permission.NOTICE_REPLAY,
        Permission.NOTICE_SEND,
        Permission.OFFER_ANSWER,
        Permission.OFFER_MAKE,
        Permission.RECORD_SEARCH,
        Permission.RECORD_WRITE,
        Permission.REFERRAL_DETACH,
        Permission.REFERRAL_ENTER,
        Permission.REFERRAL_JOIN,
        Permission.REFERRAL_READ,
        Permission.REFERRAL_SHARE,
        Permission.REFERRAL_SUBMIT,
        Permission.REFERRER_ASK,
        Permission.REFERRER_SHOW,
        Permission.TASK_FINISH,
        Permission.TASK_OPEN,
        Permission.WITHDRAWAL_REPORT,
    }
)

# Agencies ask each other about a person. A restricted desk does not: its name alone would tell that something is kept.
_ASKS_AND_ANSWERS = frozenset({Permission.REQUEST_ANSWER, Permission.REQUEST_SEND})

# Who may have to know at once what another agency has. A restricted desk does not: what it has is opened to nobody so.
_IN_EMERGENCIES = frozenset({Permission.GLASS_BREAK})

# Nothing that a restricted desk has leaves the house in a list.
_EXPORTS = frozenset({Permission.EXPORT_MAKE})

_SUPERVISES = (
    _WORKS_REFERRALS
    | _ASKS_AND_ANSWERS
    | _IN_EMERGENCIES
    | _EXPORTS
    | {
        Permission.DISPATCH_SUPERVISE,
        Permission.MEMBERSHIP_END,
        Permission.REFERRAL_RESTRICT,
        Permission.REVIEW_OPEN,
        Permission.TARGET_EDIT,
        Permission.TARGET_READ,
        Permission.WAITING_READ,
        Permission.WORRY_ANSWER,
    }
)
_OVERSEES = frozenset(
    {Permission.DISPATCH_OVERSEE, Permission.QUARANTINE_DECIDE, Permission.TARGET_READ, Permission.WAITING_READ}
)
# What a referral becomes, whether to go on with what was withdrawn, and to see what went ahead before contact was
# cleared, is for the police, who work what they keep: a national desk is one or the other by its agency.
_DECIDES = frozenset(
    {
        Permission.GATEWAY_WRITE,
        Permission.PARTNERSHIP_READ,
        Permission.PARTNERSHIP_WORK,
        Permission.URGENCY_SEE,
        Permission.WITHDRAWAL_DECIDE,
    }
)
_SIGNS = frozenset({Permission.GATEWAY_SIGN, Permission.PARTNERSHIP_SUPERVISE})
_DESKS = frozenset({AgencyKind.NATIONAL_POLICE_DESK, AgencyKind.NATIONAL_AUTHORITY_DESK})
_HOLDS_RECORDS = frozenset({AgencyKind.POLICE, AgencyKind.AUTHORITY})
# What the police check before they answer, at their regions and at the desks that stand beside these.
_READS_STANDARDS = frozenset({Permission.STANDARD_READ})
# Whose pages come with later parts: they sign in and find that nothing waits for them.
_SIGNS_IN = frozenset({Permission.HOME_READ})
_SENDS = frozenset({Permission.NOTICE_SEND, Permission.REFERRAL_FOLLOW, Permission.REFERRAL_SUBMIT})

ROLES: dict[str, Role] = {
    RoleName.CTP_OFFICER: Role(
        _("Takes receipt of referrals of a CTP region and works them."),
        frozenset({AgencyKind.POLICE}),
        _WORKS_REFERRALS | _ASKS_AND_ANSWERS | _IN_EMERGENCIES | _EXPORTS | _DECIDES | _READS_STANDARDS,
    ),
    RoleName.CTP_SUPERVISOR: Role(
        _("Answers for a CTP region's referrals: who works them, and whether in time."),
        frozenset({AgencyKind.POLICE}),
        _SUPERVISES | _DECIDES | _READS_STANDARDS | _SIGNS,
    ),
    RoleName.AUTHORITY_LEAD: Role(
        _("Takes receipt of referrals for a local authority and works them."),
        frozenset({AgencyKind.AUTHORITY}),
        _WORKS_REFERRALS | _ASKS_AND_ANSWERS | _IN_EMERGENCIES | _EXPORTS,
    ),
    RoleName.AUTHORITY_SUPERVISOR: Role(
        _("Answers for a local authority's referrals: who works them, and whether in time."),
        frozenset({AgencyKind.AUTHORITY}),
        _SUPERVISES,
    ),
    RoleName.CHANNEL_COORDINATOR: Role(
        _("Works referrals for a local authority and keeps the diary of its Channel panel."),
        frozenset({AgencyKind.AUTHORITY}),
        _WORKS_REFERRALS | _ASKS_AND_ANSWERS | _IN_EMERGENCIES | _EXPORTS,
    ),
    RoleName.CHANNEL_CHAIR: Role(
        _("Chairs the Channel panel of a local authority."),
        frozenset({AgencyKind.AUTHORITY}),
        _SIGNS_IN,
    ),
    RoleName.PANEL_MEMBER: Role(
        _("Sits on a Channel panel for education, health, social care, police, probation or another service."),
        _HOLDS_RECORDS,
        _SIGNS_IN,
    ),
    RoleName.INTERVENTION_PROVIDER: Role(
        _("Delivers what a Channel panel has commissioned; sees their own taskings only."),
        frozenset({AgencyKind.PROVIDER}),
        _SIGNS_IN,
    ),
    RoleName.FIMU_ANALYST: Role(
        _("Answers the deconfliction request, and decides who may be the same person where a record is restricted."),
        frozenset({AgencyKind.POLICE, AgencyKind.NATIONAL_POLICE_DESK, AgencyKind.RESTRICTED_POLICE_DESK}),
        _SIGNS_IN
        | {
            Permission.DECONFLICTION_ANSWER,
            Permission.DECONFLICTION_ASK,
            Permission.MATCH_CHECK,
            Permission.MATCH_READ,
            Permission.PARTNERSHIP_READ,
            Permission.URGENCY_SEE,
        }
        | _READS_STANDARDS,
    ),
    RoleName.NATIONAL_DESK_OFFICER: Role(
        _("Takes receipt where the area is not known, decides about floods, and sees how many wait in every agency."),
        _DESKS,
        _WORKS_REFERRALS | _ASKS_AND_ANSWERS | _IN_EMERGENCIES | _EXPORTS | _OVERSEES | _DECIDES | _READS_STANDARDS,
    ),
    RoleName.NATIONAL_DESK_SUPERVISOR: Role(
        _("Answers for the referrals of a national desk, and for what no agency takes receipt of."),
        _DESKS,
        _SUPERVISES | _OVERSEES | _DECIDES | _READS_STANDARDS | _SIGNS,
    ),
    RoleName.RESTRICTED_DESK_OFFICER: Role(
        _("Takes receipt of referrals that may concern a colleague, and releases those that do not."),
        frozenset({AgencyKind.RESTRICTED_POLICE_DESK, AgencyKind.RESTRICTED_AUTHORITY_DESK}),
        _WORKS_REFERRALS
        | {
            Permission.EXCLUSION_ADD,
            Permission.RESTRICTION_RELEASE,
            Permission.WORRY_ANSWER,
        }
        | _DECIDES
        # They have no supervisors: a colleague signs, and names who owns a partnership.
        | _SIGNS
        | _READS_STANDARDS,
    ),
    RoleName.ALLEGATIONS_OFFICER: Role(
        _("Answers for what is done about an allegation against a member of staff."),
        frozenset({AgencyKind.RESTRICTED_AUTHORITY_DESK}),
        frozenset(
            {
                Permission.DISPATCH_READ,
                Permission.EXCLUSION_ADD,
                Permission.HOME_READ,
                Permission.NOTE_WRITE,
                Permission.REFERRAL_READ,
                Permission.TASK_FINISH,
            }
        ),
    ),
    RoleName.RETENTION_ADMINISTRATOR: Role(
        _("Writes the rules by which records are kept; another person approves them."),
        _HOLDS_RECORDS,
        _SIGNS_IN,
    ),
    RoleName.RETENTION_APPROVER: Role(
        _("Approves what retention administrators propose, never what they proposed themselves."),
        _HOLDS_RECORDS,
        _SIGNS_IN,
    ),
    RoleName.PRIVACY_OFFICER: Role(
        _("Answers for data protection in an agency, and reviews emergency access; reads no referral."),
        _HOLDS_RECORDS | _DESKS,
        _SIGNS_IN | {Permission.GLASS_REVIEW},
        reads_cases=False,
    ),
    RoleName.AUDITOR: Role(
        _("Reads the ledger and verifies it, and reads a record opened to them by name for a limited time."),
        _HOLDS_RECORDS | {AgencyKind.HOME_OFFICE},
        _SIGNS_IN
        | _EXPORTS
        | {Permission.AUDIT_READ, Permission.AUDIT_VERIFY, Permission.REFERRAL_READ, Permission.REVIEW_READ},
    ),
    RoleName.STANDARDS_LEAD: Role(
        _("Writes the minimum process standards, publishes them and good practice to the regions; reads no referral."),
        frozenset({AgencyKind.NATIONAL_POLICE_DESK}),
        _SIGNS_IN | _READS_STANDARDS | {Permission.STANDARD_WRITE},
        reads_cases=False,
    ),
    RoleName.HOME_OFFICE_ANALYST: Role(
        _("Reads national statistics and timeliness: aggregates, never identities."),
        frozenset({AgencyKind.HOME_OFFICE}),
        _SIGNS_IN,
        reads_cases=False,
    ),
    RoleName.SYSTEM_ADMINISTRATOR: Role(
        _("Keeps the service running; reads no referral."),
        frozenset({AgencyKind.SYSTEM}),
        frozenset(
            {
                Permission.AGENCY_EDIT,
                Permission.API_KEY_APPROVE,
                Permission.API_KEY_MANAGE,
                Permission.ENDPOINT_EDIT,
                Permission.HOME_READ,
                Permission.MEMBERSHIP_ADD,
                Permission.MEMBERSHIP_APPROVE,
                Permission.MEMBERSHIP_OVERSEE,
                Permission.NOTICE_OVERSEE,
                Permission.NOTICE_READ,
                Permission.NOTICE_REPLAY,
                Permission.NOTICE_SEND,
                Permission.TARGET_EDIT,
                Permission.TARGET_OVERSEE,
                Permission.TARGET_READ,
                Permission.USER_CREATE,
                Permission.USER_DEACTIVATE,
            }
        ),
        reads_cases=False,
    ),
    RoleName.SENDING_SYSTEM: Role(
        _("Another organisation’s system: sends referrals by the API."),
        frozenset({AgencyKind.PARTNER}),
        _SENDS,
        for_systems=True,
    ),
    RoleName.RECEIVING_SYSTEM: Role(
        _("An agency’s own system: fetches what was dispatched to it, links it to its case, sends referrals."),
        frozenset(
            {
                AgencyKind.POLICE,
                AgencyKind.AUTHORITY,
                AgencyKind.NATIONAL_POLICE_DESK,
                AgencyKind.NATIONAL_AUTHORITY_DESK,
            }
        ),
        _SENDS | {Permission.DISPATCH_FETCH, Permission.DISPATCH_LINK},
        for_systems=True,
    ),
}


def roles_with(permission: Permission) -> list[str]:
    """The roles that hold a permission: `memberships.filter(role__in=roles_with(...))` finds who may."""
    return [name for name, role in ROLES.items() if permission in role.permissions]


def takes_two(role: RoleName | str) -> bool:
    """Whether it takes a second administrator to give this role to somebody.

    So it is for every role that reads cases, and for administrators themselves: one who could make another alone
    would have a second pair of hands to approve with. Only what everybody may who signs in, one gives alone: so a
    permission that comes later takes two by itself.
    """
    return not ROLES[role].permissions <= _SIGNS_IN
