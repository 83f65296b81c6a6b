"""docs/permissions.md, made from the code so that it cannot lie."""

from collections.abc import Iterable

from django.utils.translation import override

from agencies.models.agency import AgencyKind
from agencies.permissions import AGENT_PERMISSIONS, Permission
from agencies.roles import ROLES, RoleName

_TOP = """# Who may do what

Made by `manage.py permissions` from `agencies/permissions.py` and `agencies/roles.py`; a test holds that it is current.
Do not edit it.

What somebody may do comes from their memberships alone. A membership is a role in an agency, with a first and perhaps a
last day. A role says nothing about other agencies, and each hangs only on the kinds of agency named here. What an
action checks, it checks again under its lock. Who leaves has no access at their next request.

What somebody reads beside that, because a referral was opened to them by name, and what is kept from them in spite of
their role, stands in `docs/architecture.md` under "Follow one decision about access"; who gets which answer at which
address, in `tests/house/matrix/policy.md`.
"""


def permission_page() -> str:
    """The whole page, in English."""
    with override("en"):
        return "\n".join([_TOP, *_roles(), *_apart(), *_permissions(), *_agents()])


def _roles() -> Iterable[str]:
    yield "## Roles\n"
    yield from _table("Role", "What for", "Agencies", "Permissions")
    for name in RoleName:
        role = ROLES[name]
        kinds = ", ".join(str(AgencyKind(kind).label) for kind in sorted(role.agency_kinds))
        label = f"{name.label} (systems only)" if role.for_systems else name.label
        yield _row(label, role.description, kinds, _codes(role.permissions))


def _apart() -> Iterable[str]:
    yield "\n## Roles that read no case\n"
    apart = ", ".join(str(name.label) for name in RoleName if not ROLES[name].reads_cases)
    yield f"{apart}: nobody has one of these on the same days as a role that is not named here, whoever gives it."


def _permissions() -> Iterable[str]:
    yield "\n## Permissions\n"
    yield from _table("Permission", "Roles")
    for permission in sorted(Permission):
        holders = [str(name.label) for name in RoleName if permission in ROLES[name].permissions]
        yield _row(f"`{permission}`", ", ".join(holders) or "no role")


def _agents() -> Iterable[str]:
    yield "\n## Agents\n\nThey act when no signed-in user does, and cannot sign in.\n"
    yield from _table("Agent", "Permissions")
    for agent, permissions in AGENT_PERMISSIONS.items():
        yield _row(agent.value, _codes(permissions))
    yield ""


def _table(*names: str) -> Iterable[str]:
    yield _row(*names)
    yield _row(*("---" for _name in names))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _codes(permissions: Iterable[Permission]) -> str:
    return ", ".join(f"`{permission}`" for permission in sorted(permissions)) or "none"
