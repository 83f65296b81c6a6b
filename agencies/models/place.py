"""Places: councils, counties and districts, each row true for a stretch of time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.areas import Area, Nation, PlaceKind
from audit.models import Recorded


class Place(Recorded):
    """Reference data, written by the action `load_places` only; read through `agencies.geography`.

    Codes are those of the Government Statistical Service (GSS). A place whose boundary, force or code
    changes gets a new row; the old one keeps its dates, so that a past day can be answered.
    """

    gss_code = models.CharField(_("GSS code"), max_length=9)
    name = models.CharField(_("name"), max_length=80)
    official_name = models.CharField(_("official name"), max_length=120)
    nation = models.CharField(_("nation"), max_length=16, choices=Nation)
    region = models.CharField(_("region"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    police_force = models.CharField(_("police force"), max_length=40, blank=True)
    ctp_region = models.CharField(_("Counter Terrorism Policing region"), max_length=40, blank=True)
    parent_code = models.CharField(_("code of the county"), max_length=9, blank=True)
    successor_code = models.CharField(_("code of the successor"), max_length=9, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("no longer in force from"), null=True, blank=True)

    class Privacy:
        person = None
        personal = ()
        operational = ()
        public = ("id", *Area._fields)

    class Meta:
        ordering = ("name", "gss_code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["gss_code", "valid_from"], name="place_once_per_start"),
            models.UniqueConstraint(fields=["gss_code"], condition=Q(valid_to=None), name="place_in_force_once"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="place_ends_after_start"),
            models.CheckConstraint(
                condition=(Q(kind=PlaceKind.DISTRICT) & ~Q(parent_code="") & Q(ctp_region=""))
                | (~Q(kind=PlaceKind.DISTRICT) & Q(parent_code="") & ~Q(ctp_region="") & ~Q(police_force="")),
                name="place_has_county_or_police",
            ),
        )

    def __str__(self) -> str:
        return self.name
