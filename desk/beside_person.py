"""What officers wrote down beside persons, as one reader may see it: for the pages of a person and of a referral."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from agencies.permissions import Permission
from desk.timeline import Moment
from people.beside import WrittenBeside, beside_persons
from people.clearance import cleared_among
from people.keeping import agencies_worked, voices_of
from people.models import Address, Contact, PersonName, PlannedContact, Relationship, Telling, Whereabouts, Written
from people.permissions import can_strike_out


@dataclass(frozen=True)
class BesidePerson:
    """All of it. `strikable` are the ids of rows that the reader can strike out, `writes` of persons they write of.

    `suspended` are those of planned contacts that must not be made now.
    """

    rows: WrittenBeside
    suspended: frozenset[UUID]
    strikable: frozenset[UUID]
    writes: frozenset[UUID]
    moments: list[Moment]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows.rows())


def written_beside(reader: User, persons: Iterable[UUID]) -> BesidePerson:
    """What the reader may read beside the persons, and do about it. Twelve queries however many persons."""
    asked = list(persons)
    found = beside_persons(reader, asked)
    working = agencies_worked(reader, asked, Permission.RECORD_WRITE)
    voices = voices_of(reader, working)
    strikable = (
        row.pk
        for row in found.rows()
        if not row.is_struck
        and can_strike_out(row.agency, working=working.get(row.person_id, ()), voices=voices.get(row.person_id, ()))
    )
    moments = [moment for row in found.rows() for moment in _moments(row)]
    return BesidePerson(found, _suspended(found.planned), frozenset(strikable), frozenset(working), moments)


def _suspended(planned: Iterable[PlannedContact]) -> frozenset[UUID]:
    """Those still to come whose clearance ended; that has lapsed too which nobody has noticed. One query."""
    today = timezone.localdate()
    ahead = [row for row in planned if not (row.is_struck or row.is_over(today))]
    cleared = cleared_among(row.person_id for row in ahead)
    return frozenset(row.pk for row in ahead if row.is_suspended or not (row.is_urgent or row.person_id in cleared))


_WRITTEN: dict[type[Written], str | Promise] = {
    PersonName: gettext_lazy("Wrote down another name."),
    Address: gettext_lazy("Wrote down an address."),
    PlannedContact: gettext_lazy("Authorised contact that is to come."),
    Relationship: gettext_lazy("Wrote down who stands near them."),
    Whereabouts: gettext_lazy("Wrote down where they are."),
}
_STRUCK: dict[type[Written], str | Promise] = {
    PersonName: gettext_lazy("Struck out another name."),
    Address: gettext_lazy("Struck out an address."),
    Relationship: gettext_lazy("Struck out who stands near them."),
    PlannedContact: gettext_lazy("Cancelled contact that was to come."),
    Contact: gettext_lazy("Struck out a contact of the contact log."),
    Telling: gettext_lazy("Struck out whether they were told."),
    Whereabouts: gettext_lazy("Struck out where they are."),
}


def _moments(row: Written) -> Iterator[Moment]:
    """When it was written down, of contact when it was made; and when it was struck out."""
    if isinstance(row, Telling):
        yield _of_telling(row)
    elif not isinstance(row, Contact):
        yield Moment(row.written_at, row.written_by.name, str(_WRITTEN[type(row)]))
    elif not row.is_struck:
        words = _("Contact ({how}) with: {whom}. It reached them.")
        if not row.reached:
            words = _("Contact ({how}) with: {whom}. It did not reach them.")
        what = words.format(how=row.get_how_display().lower(), whom=row.get_with_whom_display().lower())
        yield Moment(moment_of(row), row.maker, what, timed=row.clock is not None)
    if row.struck_at and row.struck_by:
        yield Moment(row.struck_at, row.struck_by.name, str(_STRUCK[type(row)]), row.struck_reason)


def _of_telling(row: Telling) -> Moment:
    """When they were told, by whoever did; or when somebody wrote down that nobody had."""
    if row.day is None:
        why = str(row.get_why_not_display())
        return Moment(row.written_at, row.written_by.name, _("Wrote down why they have not been told."), why)
    whom = row.get_whom_display().lower()
    at = timezone.make_aware(datetime.combine(row.day, time.min))
    return Moment(at, row.teller or "", _("Told about the referral: {whom}.").format(whom=whom), timed=False)


def moment_of(contact: Contact) -> datetime:
    """As on the clocks in London; of a day without a time, its beginning."""
    return timezone.make_aware(datetime.combine(contact.day, contact.clock or time.min))


def said_by(row: Written) -> list[str]:
    """What a row says, line by line, for whoever is to strike it out."""
    if isinstance(row, PersonName):
        return [str(row.get_kind_display()), row.name, row.source]
    if isinstance(row, Address):
        return [str(row.get_kind_display()), *row.lines.splitlines(), row.postcode]
    if isinstance(row, Relationship):
        return [str(row.get_kind_display()), row.name, row.reach]
    if isinstance(row, Contact):
        return [*(moment.what for moment in _moments(row)), row.whom, row.outcome]
    if isinstance(row, Telling):
        return [_of_telling(row).what, str(row.get_why_not_display()), row.words]
    if isinstance(row, Whereabouts):
        return [str(row.get_kind_display()), *row.place.splitlines()]
    if isinstance(row, PlannedContact):
        when = date_format(row.day, "j F Y")
        return [f"{row.get_with_whom_display()} ({row.get_how_display()}), {when}", row.whom, row.purpose, row.maker]
    raise TypeError(row)
