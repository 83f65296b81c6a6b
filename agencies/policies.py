"""WHEN a change to an agency, user or membership is allowed: what the records permit."""

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.roles import ROLES, RoleName
from audit.refusals import NotNow


def check_role_fits(role: RoleName, agency: Agency) -> None:
    """Raise NotNow unless the role hangs on agencies of this kind."""
    if agency.kind not in ROLES[role].agency_kinds:
        raise NotNow(
            _("The role “{role}” does not exist in an agency like {agency}.").format(
                role=RoleName(role).label, agency=agency.name
            )
        )
