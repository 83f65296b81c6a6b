"""An organisation that receives referrals, or whose system sends them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import keep_history
from audit.models import Recorded


class AgencyKind(models.TextChoices):
    """What an agency is; roles hang on kinds."""

    POLICE = "police", _("Counter Terrorism Policing")
    AUTHORITY = "authority", _("Local authority")
    NATIONAL_POLICE_DESK = "national_police_desk", _("National police desk")
    NATIONAL_AUTHORITY_DESK = "national_authority_desk", _("National authority desk")
    PARTNER = "partner", _("Partner that sends referrals")
    PROVIDER = "provider", _("Intervention providers")
    HOME_OFFICE = "home_office", _("Home Office")
    RESTRICTED_POLICE_DESK = "restricted_police_desk", _("Restricted police desk")
    RESTRICTED_AUTHORITY_DESK = "restricted_authority_desk", _("Restricted authority desk")
    SYSTEM = "system", _("System administration")


POLICE_KINDS = frozenset({AgencyKind.POLICE, AgencyKind.NATIONAL_POLICE_DESK, AgencyKind.RESTRICTED_POLICE_DESK})
RESTRICTED_KINDS = frozenset({AgencyKind.RESTRICTED_POLICE_DESK, AgencyKind.RESTRICTED_AUTHORITY_DESK})


@keep_history()
class Agency(Recorded):
    """An agency, found by `code`: the authority's GSS code, `ctp-north-east`, `national-police-desk` ...

    `email` is told of every referral, `duty_email` of those flagged immediate; both hear a reference and
    a link only.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=32, choices=AgencyKind.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    duty_email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "agencies"

    class Privacy:
        person = None
        personal = ()
        operational = ("id", "email", "duty_email")
        public = ("code", "kind", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def is_police(self) -> bool:
        """Whether this agency answers for the terrorism risk."""
        return self.kind in POLICE_KINDS

    @property
    def is_restricted(self) -> bool:
        """Whether this desk receives what may concern a user, and nothing else."""
        return self.kind in RESTRICTED_KINDS
