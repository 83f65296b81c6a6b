"""Whether somebody was told, and where somebody is who is away, in lines for paper: as the page's summary has them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.beside import WrittenBeside
from people.models import Telling, Whereabouts


def told_and_away(rows: WrittenBeside) -> list[tuple[str, list[str]]]:
    """The rows of a summary."""
    told = _told(rows.told) if rows.told else [_("Nobody has written down whether they were told.")]
    return [*([(_("Away"), _away(rows.away))] if rows.away else []), (_("Told?"), told)]


def _told(row: Telling) -> list[str]:
    if not row.day:
        again = _("To be looked at again on {day}.").format(day=_day(row.review_on))
        return [_("Not told."), f"{row.get_why_not_display()}.", again]
    said = _("{whom}: told on {day} by {name} ({how}).").format(
        whom=row.get_whom_display(), day=_day(row.day), name=row.teller,
        how=row.get_how_display().lower(),
    )  # fmt: skip
    if not row.notices:
        return [said]
    notice = _("Notice in {language}, version {version}:").format(
        language=row.get_language_display(), version=row.version
    )
    return [said, f"{notice} {'; '.join(row.notices_shown)}."]


def _away(row: Whereabouts) -> list[str]:
    back = _("Nobody knows when they will be back.")
    if row.back_on:
        back = _("Release or return expected on {day}.").format(day=_day(row.back_on))
    again = _("To be looked at again on {day}.").format(day=_day(row.review_on))
    return [f"{row.get_kind_display()}: {row.place}", back, again]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
