"""The ledger in sentences: who did what, about which referral, and what they gave as purpose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import RESTRICTED_KINDS, Agency, Membership, User
from agencies.selectors import names_of
from agencies.working_days import london_date
from audit.agents import Agent
from audit.keys import load_keys
from audit.models import Entry
from audit.operations import Operation, kinds_of
from desk.audit.deeds import DEEDS
from desk.audit.held import UNREADABLE, Held, Redacted, held_by, redacted_by
from desk.audit.selectors import LOOKED, auditable_referrals, auditable_users, reads_all, speakable_referrals
from desk.audit.selectors import LOOKS as CONSULTED
from desk.audit.words import CHANGES, KINDS, LISTS, LOOKS, NOUNS, Deed, Words
from referrals.masking import hides_account
from referrals.models import Detachment, ReceivedBy, RecordPurpose, Referral

GONE = gettext_lazy("an account that no longer exists")
_MIGRATIONS = kinds_of(Operation.MIGRATION)
_AGENTS: Mapping[UUID, str] = {agent.pk: agent.name_shown for agent in Agent}


@dataclass(frozen=True)
class Line:
    """One entry as it is read. `who` did it for `office`; `user` and `referral` are the ids that may be looked into.

    `why` is the purpose that was given, `words` what was said of it. `unnamed`: who did it is not said, for that would
    name a referrer who asked not to be named (docs/adr/0020).
    """

    at: datetime
    who: str
    office: str
    said: str
    user: UUID | None = None
    referral: UUID | None = None
    reference: str = ""
    why: str = ""
    words: str = ""
    unnamed: bool = False


class Known(NamedTuple):
    """What a page of entries speaks of, fetched for all of them at once."""

    names: Mapping[UUID, str]
    offices: list[Membership]
    users: Collection[UUID]  # whose deeds the reader may look through
    referrals: Mapping[UUID | str, Referral]  # by person, by id and by reference
    auditable: Collection[UUID]  # those of which the reader may ask who looked
    agencies: Mapping[UUID, str]
    purposes: Mapping[tuple[UUID, UUID, date], RecordPurpose]
    unnamed: Collection[tuple[UUID, UUID]]  # in whose name a referral was submitted in which request
    redacted: Mapping[int, Redacted]  # what each redaction took away


def lines(reader: User, entries: list[Entry]) -> list[Line]:
    """A page of entries in sentences, in their order. Its queries do not grow with the entries."""
    held = held_by(entries)
    known = _known(reader, entries, held)
    return [_line(*each, known) for each in zip(entries, held, strict=True)]


def offices_of(reader: User, actors: Collection[UUID]) -> list[Membership]:
    """Where actors ever worked, by name. Restricted desks are named to those who read the whole ledger."""
    found = Membership.objects.filter(user__in=actors).select_related("agency")
    if not reads_all(reader):
        found = found.exclude(agency__kind__in=RESTRICTED_KINDS)
    return list(found.order_by("agency__name", "pk"))


def office_at(offices: Iterable[Membership], actor: UUID, at: datetime) -> str:
    """The agencies for which somebody worked at a moment, in words."""
    day = london_date(at)
    there = [
        each.agency.name
        for each in offices
        if each.user_id == actor
        and each.starts_on <= day
        and (each.ends_on is None or each.ends_on >= day)
        and (each.ended_at is None or each.ended_at > at)
    ]
    return ", ".join(dict.fromkeys(there))


def name_of(actor: UUID, names: Mapping[UUID, str]) -> str:
    """What an actor is called, at the beginning of a sentence."""
    found = _AGENTS.get(actor) or names.get(actor) or str(GONE)
    return found[:1].upper() + found[1:]


def _recipient(details: Mapping[str, Any]) -> UUID | None:
    """The id of the user, system or agency to which something was disclosed; None for the referrer and for nobody."""
    try:
        return UUID(str(details.get("recipient")))
    except ValueError:
        return None


def _known(reader: User, entries: list[Entry], held: list[Held]) -> Known:
    redacted = redacted_by(reader, entries)
    said = [*entries, *(each.entry for each in redacted.values() if each.entry)]
    actors = {entry.actor for entry in entries}
    objects = {entry.object_id for entry in entries if entry.object_id}
    references = {str(each.details.get("reference", "")) for each in held}
    referrals, auditable = _referrals(reader, said, objects, references)
    recipients = set(filter(None, (_recipient(each.details) for each in held)))
    agencies = Agency.objects.all() if reads_all(reader) else Agency.objects.exclude(kind__in=RESTRICTED_KINDS)
    by_id = {each.pk: each for each in referrals.values()}
    load_keys({each.person_id for each in by_id.values()})
    return Known(
        names=names_of(actors | objects | recipients),
        offices=offices_of(reader, actors),
        users=set(auditable_users(reader).filter(pk__in=actors).values_list("pk", flat=True)),
        referrals=referrals,
        auditable=auditable,
        agencies=dict(agencies.filter(pk__in=objects | recipients).values_list("pk", "name")),
        purposes=_purposes(entries, by_id),
        unnamed=_unnamed(by_id.values()),
        redacted=redacted,
    )


def _referrals(
    reader: User, entries: list[Entry], objects: set[UUID], references: set[str]
) -> tuple[dict[UUID | str, Referral], set[UUID]]:
    """Those of which the entries tell, and the ids of those of which the reader may ask who looked.

    By person, also one whom they were held to be about, each may be named. By an id or a reference alone, which may be
    of nothing, only those of which the reader may ask.
    """
    subjects = {entry.subject for entry in entries if entry.subject}
    before = dict(Detachment.objects.filter(wrong__in=subjects).values_list("wrong", "referral"))
    wanted = Q(person__in=subjects) | Q(pk__in=[*before.values(), *objects]) | Q(reference__in=references)
    found = {referral.pk: referral for referral in speakable_referrals(reader).filter(wanted)}
    auditable = set(auditable_referrals(reader, found).values_list("pk", flat=True))
    asked: dict[UUID | str, Referral] = {key: found[pk] for pk in auditable for key in (pk, found[pk].reference)}
    by_person: dict[UUID | str, Referral] = {referral.person_id: referral for referral in found.values()}
    former: dict[UUID | str, Referral] = {person: found[pk] for person, pk in before.items() if pk in found}
    return {**asked, **former, **by_person}, auditable


def _unnamed(referrals: Iterable[Referral]) -> set[tuple[UUID, UUID]]:
    """The requests in which referrers who asked not to be named submitted from accounts of their own, and which."""
    theirs = {referral.pk: referral.submitted_by for referral in referrals if names_referrer(referral)}
    made = Entry.objects.filter(object_id__in=theirs, kind=Entry.Kind.CREATED, object_type="referrals.referral")
    return {(correlation, theirs[pk]) for pk, correlation in made.values_list("object_id", "correlation") if pk}


def names_referrer(referral: Referral) -> bool:
    """Whether the account that submitted a referral would tell who made it, although they asked not to be named."""
    try:
        return hides_account(referral, named=False)
    except UNREADABLE:
        return True


def _purposes(entries: list[Entry], referrals: Mapping[UUID, Referral]) -> dict[tuple[UUID, UUID, date], RecordPurpose]:
    """Why they looked, by whom, of which referral and on which day."""
    actors = {entry.actor for entry in entries if _is_look(entry)}
    days = {london_date(entry.at) for entry in entries}
    rows = RecordPurpose.objects.filter(stated_by__in=actors, day__in=days, referral__in=referrals)
    for row in (found := list(rows)):
        row.referral = referrals[row.referral_id]
    return {(row.stated_by_id, row.referral_id, row.day): row for row in found}


def _line(entry: Entry, held: Held, known: Known) -> Line:
    referral = _referral_of(entry, held.details, known)
    purpose = known.purposes.get((entry.actor, referral.pk, london_date(entry.at))) if referral else None
    shown = purpose if _is_look(entry) else None
    unnamed = _is_unnamed(entry, known, referral)
    actor = Agent.REFERRER.pk if unnamed else entry.actor
    return Line(
        entry.at,
        name_of(actor, known.names),
        office_at(known.offices, actor, entry.at),
        said_of(entry, held.details, known, referral) + _reason(held) + _no_more(held),
        user=actor if actor in known.users else None,
        referral=referral.pk if referral and referral.pk in known.auditable else None,
        reference=referral.reference if referral else "",
        why=shown.get_purpose_display() if shown else "",
        words=_words(shown) if shown and shown.referral_id in known.auditable else "",
        unnamed=unnamed,
    )


def _is_unnamed(entry: Entry, known: Known, referral: Referral | None) -> bool:
    """Whether it was done in submitting, or by the system that had submitted it."""
    if (entry.correlation, entry.actor) in known.unnamed:
        return True
    if referral is None or referral.received_by != ReceivedBy.API or entry.actor != referral.submitted_by:
        return False
    return names_referrer(referral)


def _referral_of(entry: Entry, details: Mapping[str, Any], known: Known) -> Referral | None:
    taken = known.redacted.get(entry.pk)
    of = taken.entry if taken and taken.entry else entry
    keys: tuple[Any, ...] = (of.subject, of.object_id, details.get("reference"))
    return next((known.referrals[key] for key in keys if key in known.referrals), None)


def _words(purpose: RecordPurpose) -> str:
    try:
        return purpose.words
    except UNREADABLE:
        return ""


def said_of(entry: Entry, details: Mapping[str, Any], known: Known, referral: Referral | None) -> str:
    """What was done, as the rest of a sentence that begins with who did it."""
    if entry.kind not in Entry.Kind.values:
        return _("did something for which this service has no words.")
    if entry.kind == Entry.Kind.REDACTED:
        return _redaction(entry, known, referral)
    if entry.kind == Entry.Kind.REFUSED:
        tried = deed_of(entry.verb).tried
        return _("tried to {tried}{about}, and was refused.").format(tried=tried, about=_about(referral))
    if entry.kind in CHANGES:
        return f"{deed_of(entry.verb).done}{_about(referral)}. {_change(entry, details, known)}"
    if entry.kind == Entry.Kind.DISCLOSED and entry.verb in DEEDS and not _is_look(entry):
        return f"{DEEDS[entry.verb].done}{_about(referral)}. {_disclosed(details, known)}"
    what = _what(entry, known, referral)
    by_key = _(" by the API") if "key" in details else ""
    return f"{str(_look(entry, details)).format(what=what)}{by_key}{_assigned(entry, known, referral)}."


def _reason(held: Held) -> str:
    """Why it was done, in the words of whoever ran the command that did it."""
    reason = held.details.get("reason")
    return " " + _("They gave as reason: “{reason}”.").format(reason=reason) if reason else ""


def _no_more(held: Held) -> str:
    """What is said after a sentence whose entry holds no more what it held."""
    if held.changed:
        return " " + _("What this entry holds was changed: have the ledger verified.")
    if held.redacted_at:
        day = date_format(london_date(held.redacted_at), "j F Y")
        return " " + _("What else this entry held was taken away on {day}.").format(day=day)
    return ""


def _redaction(entry: Entry, known: Known, referral: Referral | None) -> str:
    """What was taken away: of one entry, named by its number, or of all that there were about a person."""
    what = known.redacted[entry.pk]
    if entry.redacts is None:
        words = ngettext(
            "took away what entries about one person held{about}: {count} entry here holds nothing any more.",
            "took away what entries about one person held{about}: {count} entries here hold nothing any more.",
            what.many,
        )
        return words.format(about=_about(referral), count=what.many)
    if what.entry is None:
        return _("took away what entry {number} held; the entry itself stays.").format(number=entry.redacts)
    words = _("took away what entry {number} of {time} held{about}; the entry itself stays.")
    about, time = _about(referral), date_format(timezone.localtime(what.entry.at), "j F Y, H:i:s")
    return words.format(number=entry.redacts, time=time, about=about)


def deed_of(verb: str) -> Deed:
    """The words of an action. The ledger outlives the code: one that is gone is called by its old name."""
    name = verb.strip("_").replace("_", " ")
    return DEEDS.get(verb) or Deed(_("did “{name}”").format(name=name), _("do “{name}”").format(name=name))


def noun_of(object_type: str) -> str:
    """What an object is called; by its old name where there is no such model any more."""
    return str(NOUNS.get(object_type) or object_type.rpartition(".")[2] or _("something"))


def _is_look(entry: Entry) -> bool:
    """Whether somebody saw or took what they asked for, and no action gave it to others."""
    return entry.kind in CONSULTED and entry.verb == LOOKED


def _disclosed(details: Mapping[str, Any], known: Known) -> str:
    """To whom an action disclosed something. A restricted desk is an agency to those who are not told of it."""
    pk = _recipient(details)
    name = (known.names.get(pk) or known.agencies.get(pk) if pk else None) or _("an agency")
    return _("Disclosed to {recipient}.").format(recipient=name)


def _about(referral: Referral | None) -> str:
    return _(" (referral {reference})").format(reference=referral.reference) if referral else ""


def _look(entry: Entry, details: Mapping[str, Any]) -> Words:
    """The words of a look: by its object, by what a list lists, or by its kind alone."""
    if found := LOOKS.get((entry.kind, entry.object_type)):
        return found
    listed = next((words for key, words in LISTS.items() if key in details), None)
    if entry.kind in {Entry.Kind.LISTED, Entry.Kind.SEARCHED} and listed and "reference" not in details:
        return listed
    return KINDS[entry.kind]


def _what(entry: Entry, known: Known, referral: Referral | None) -> str:
    """The object of a look in words; of a user's own account, themselves."""
    if referral:
        return _("referral {reference}").format(reference=referral.reference)
    if entry.object_type == "agencies.user":
        return known.names.get(entry.object_id, str(GONE)) if entry.object_id else str(GONE)
    if entry.kind == Entry.Kind.SEARCHED or entry.subject:
        return _("a referral")
    return noun_of(entry.object_type)


def _assigned(entry: Entry, known: Known, referral: Referral | None) -> str:
    """Whether what they looked at was theirs to work, where that can be told."""
    if referral is None or not _is_look(entry) or entry.actor in _AGENTS or entry.subject is None:
        return ""
    if entry.assigned:  # type: ignore[attr-defined]  # annotated by the selector
        return _(", which was assigned to them")
    return _(", to which they were not assigned")


def _change(entry: Entry, details: Mapping[str, Any], known: Known) -> str:
    """What became of which object: which fields changed, never what they say."""
    noun = entry.object_type if entry.kind in _MIGRATIONS else noun_of(entry.object_type)
    named = known.names if entry.object_type == "agencies.user" else known.agencies
    if entry.object_id and entry.object_id in named:
        noun = _("{noun}, {name}").format(noun=noun, name=named[entry.object_id])
    fields = fields_in_words(entry.object_type, details.get("changes", ())) if entry.kind == Entry.Kind.CHANGED else ""
    said = f"{noun} ({fields})" if fields else noun
    return str(CHANGES[entry.kind]).format(noun=said)


def fields_in_words(object_type: str, names: Iterable[str]) -> str:
    """The names of fields as their model calls them, sorted: a diff has them in no order."""
    return ", ".join(sorted(_field(object_type, name) for name in names))


def _field(object_type: str, name: str) -> str:
    try:
        return str(getattr(apps.get_model(object_type)._meta.get_field(name), "verbose_name", name))
    except (LookupError, ValueError, FieldDoesNotExist):  # what is on the ledger outlives its model
        return name.replace("_", " ")
