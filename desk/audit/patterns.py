"""What on the ledger may be worth a question: one function for each pattern, computed when asked and kept nowhere.

None is a verdict, and none is a score: each question stands beside what would explain it innocently.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Membership, User
from agencies.names import meets, words_of
from agencies.working_days import LONDON
from audit.models import Entry
from desk.audit.selectors import LOOKED, LOOKS, auditable_referrals, entries_for, narrowed, speakable_referrals
from people.models import Person
from referrals.models import Referral

# From how many on, and how many times as many as any colleague, somebody opened many referrals in a day.
MANY, TIMES = 20, 2
# From how many on in a day attempts were many.
REFUSED_OFTEN = 10
# From how many on searches are asked about, and how long after one somebody may open what they found.
SEARCHES, SOON = 3, timedelta(minutes=30)
OPENS_AT, CLOSES_AT = 7, 20  # hours in London, the second no longer among them
SATURDAY = 6  # as ISO counts
_REFERRAL, _REFERRALS = "referrals.referral", Count("object_id", distinct=True)


@dataclass(frozen=True)
class Question:
    """Something to ask about what somebody did, on which days, and about which referral if one may look into it."""

    words: str
    user: UUID
    name: str
    since: date
    until: date
    referral: UUID | None = None


@dataclass(frozen=True)
class Pattern:
    """Questions of one kind, and what would explain each innocently."""

    title: str | Promise
    innocent: Sequence[str | Promise]
    questions: list[Question]


@dataclass(frozen=True)
class Asked:
    """What is asked about: the entries that the reader may read of these days, by people."""

    reader: User
    since: date
    until: date

    def entries(self, **where: Any) -> QuerySet[Entry]:
        """Those entries, by people who sign in: systems and agents are asked nothing."""
        people = User.objects.filter(is_system=False).values("pk")
        return narrowed(entries_for(self.reader), since=self.since, until=self.until).filter(actor__in=people, **where)

    def looks(self) -> QuerySet[Entry]:
        """Those that are looks at one record."""
        return self.entries(kind__in=LOOKS, verb=LOOKED)


def questions(asked: Asked) -> list[Pattern]:
    """Every pattern, those without questions too: that nothing was found is an answer."""
    return [Pattern(title, innocent, find(asked)) for find, title, innocent in PATTERNS]


def many_in_a_day(asked: Asked) -> list[Question]:
    """Who opened many more referrals on one day than anybody else of their agency did on any of these days.

    Others are counted with what they opened of records that are kept from the reader: it is compared, and not told.

    Innocent: a flood, a weekend's backlog, covering for colleagues, a check of quality, an agency with one officer.
    """
    counted = _by_day(asked.looks().filter(object_type=_REFERRAL), _REFERRALS)
    most = _most_in_a_day(asked, {row["actor"] for row in counted})
    agencies = _agencies_of(most.keys())
    words = _(
        "Why did {name} open {number} referrals on {day}, more than twice as many as anybody else in the agency "
        "on any of the days you ask about?"
    )
    found = []
    for row in counted:
        theirs = agencies[row["actor"]]
        others = [number for user, number in most.items() if user != row["actor"] and agencies[user] & theirs]
        if row["number"] >= MANY and row["number"] > TIMES * max(others, default=0):
            found.append((row, words, {"number": row["number"]}))
    return _asked_of_days(found)


def own_name(asked: Asked) -> list[Question]:
    """Who looked at a person who bears their own name, word for word in any order.

    Innocent: a namesake, of whom there are many; they found it in the inbox and passed it on.
    """
    words = _("Why did {name} look at referral {reference}, about a person of their own name?")
    return _asked_of_persons(asked, words, _same_name)


def own_surname(asked: Asked) -> list[Question]:
    """Who looked at a person with their own surname, but not their whole name. The postcode of users is not known here.

    Innocent: a common surname; no kinship at all.
    """
    words = _("Is {name} related to the person of referral {reference}, who has the same surname?")
    return _asked_of_persons(asked, words, _same_surname)


def outside_hours(asked: Asked) -> list[Question]:
    """Who looked at records before seven, from eight in the evening on, or at a weekend, by London's clock.

    Innocent: a shift, an emergency, a duty contact, agreed hours, bank holidays worked.
    """
    local = asked.looks().annotate(
        hour=ExtractHour("at", tzinfo=LONDON), weekday=ExtractIsoWeekDay("at", tzinfo=LONDON)
    )
    late = local.filter(Q(hour__lt=OPENS_AT) | Q(hour__gte=CLOSES_AT) | Q(weekday__gte=SATURDAY))
    once = _("Why did {name} look at a record on {day}, outside weekdays from 07:00 to 20:00?")
    often = _("Why did {name} look at records {number} times on {day}, outside weekdays from 07:00 to 20:00?")
    rows = _by_day(late, Count("pk"))
    return _asked_of_days((row, often if row["number"] > 1 else once, {"number": row["number"]}) for row in rows)


def searches_without_opening(asked: Asked) -> list[Question]:
    """Who searched several times in a day and opened nothing within half an hour of it, not even what is kept.

    Innocent: the caller gave a wrong reference; the list alone answered the question; the referral had moved on.
    """
    opened = Entry.objects.filter(
        actor=OuterRef("actor"), pk__gt=OuterRef("pk"), kind=Entry.Kind.VIEWED, at__lte=OuterRef("at") + SOON
    )
    idle = asked.entries(kind=Entry.Kind.SEARCHED).filter(~Exists(opened))
    words = _("What was {name} looking for in {number} searches on {day}, after which they opened nothing?")
    rows = [row for row in _by_day(idle, Count("pk")) if row["number"] >= SEARCHES]
    return _asked_of_days((row, words, {"number": row["number"]}) for row in rows)


def refused_often(asked: Asked) -> list[Question]:
    """Who was refused many times in one day.

    Innocent: an old bookmark, a role that has just ended, a page open since yesterday, a fault of this service.
    """
    refused = _by_day(asked.entries(kind=Entry.Kind.REFUSED), Count("pk"))
    words = _("What did {name} try {number} times on {day} that they were refused?")
    rows = [row for row in refused if row["number"] >= REFUSED_OFTEN]
    return _asked_of_days((row, words, {"number": row["number"]}) for row in rows)


PATTERNS: tuple[tuple[Callable[[Asked], list[Question]], str | Promise, tuple[str | Promise, ...]], ...] = (
    (
        many_in_a_day,
        gettext_lazy("Many referrals opened in a day"),
        (
            gettext_lazy("A flood or a backlog came in that day."),
            gettext_lazy("They covered for colleagues, or checked quality."),
            gettext_lazy("They work more hours than the others, or different work."),
        ),
    ),
    (
        own_name,
        gettext_lazy("A person of one’s own name"),
        (
            gettext_lazy("It is a namesake: most people have one."),
            gettext_lazy("They opened it to pass it on to somebody else."),
        ),
    ),
    (
        own_surname,
        gettext_lazy("A person with one’s own surname"),
        (
            gettext_lazy("Many surnames are common, and most who share one are not related."),
            gettext_lazy("The service does not know where its users live, so a postcode says nothing for or against."),
        ),
    ),
    (
        outside_hours,
        gettext_lazy("Outside working hours"),
        (
            gettext_lazy("They had a late shift, were on call, or have agreed other hours."),
            gettext_lazy("Somebody was in immediate danger."),
        ),
    ),
    (
        searches_without_opening,
        gettext_lazy("Searches after which nothing was opened"),
        (
            gettext_lazy("They were given a wrong reference."),
            gettext_lazy("The list told them already what they wanted to know."),
            gettext_lazy("They came back to the list from what they had opened."),
        ),
    ),
    (
        refused_often,
        gettext_lazy("Refused many times in a day"),
        (
            gettext_lazy("They followed an old link or bookmark, again and again."),
            gettext_lazy("A role of theirs had just ended, or a referral had gone to another agency."),
        ),
    ),
)


def _by_day(entries: QuerySet[Entry], number: Count) -> list[dict[str, Any]]:
    """How many by whom on which day in London, the most first. One query."""
    days = entries.order_by().annotate(on=TruncDate("at", tzinfo=LONDON)).values("actor", "on")
    return [dict(row) for row in days.annotate(number=number).order_by("-number", "on", "actor")]


def _most_in_a_day(asked: Asked, users: Iterable[UUID]) -> dict[UUID, int]:
    """How many referrals they and their colleagues opened at most on one of the days, also those that are kept."""
    agencies = Membership.objects.filter(user__in=users).values("agency")
    colleagues = Membership.objects.filter(agency__in=agencies).values("user")
    looks = Entry.objects.filter(actor__in=colleagues, kind__in=LOOKS, verb=LOOKED, object_type=_REFERRAL)
    found: dict[UUID, int] = {}
    for row in _by_day(narrowed(looks, since=asked.since, until=asked.until), _REFERRALS):
        found.setdefault(row["actor"], row["number"])  # the most come first
    return found


def _asked_of_days(found: Iterable[tuple[dict[str, Any], str, dict[str, Any]]]) -> list[Question]:
    rows = list(found)
    names = _names({row["actor"] for row, _words, _more in rows})
    return [
        Question(
            words.format(name=names[row["actor"]], day=date_format(row["on"], "j F Y"), **more),
            row["actor"],
            names[row["actor"]],
            since=row["on"],
            until=row["on"],
        )
        for row, words, more in rows
        if row["actor"] in names
    ]


def _asked_of_persons(asked: Asked, words: str, alike: Callable[[User, Person], bool]) -> list[Question]:
    """A question for each person whose name is `alike` to that of a user who looked. Four queries."""
    looks = asked.looks().filter(subject__in=Referral.objects.values("person"))
    pairs = looks.order_by("subject", "actor").values_list("subject", "actor").distinct()
    by_person: dict[UUID, list[UUID]] = defaultdict(list)
    for subject, actor in pairs:
        if subject:
            by_person[subject].append(actor)
    users = {user.pk: user for user in User.objects.filter(pk__in={pk for each in by_person.values() for pk in each})}
    referrals = speakable_referrals(asked.reader).filter(person__in=list(by_person)).select_related("person")
    found = list(referrals.defer("answers").order_by("reference"))
    auditable = set(auditable_referrals(asked.reader, [each.pk for each in found]).values_list("pk", flat=True))
    return [
        Question(
            words.format(name=users[pk].name, reference=referral.reference),
            pk,
            users[pk].name,
            since=asked.since,
            until=asked.until,
            referral=referral.pk if referral.pk in auditable else None,
        )
        for referral in found
        for pk in by_person[referral.person_id]
        if pk in users and alike(users[pk], referral.person)
    ]


def _same_name(user: User, person: Person) -> bool:
    return meets(user.name, of=f"{person.given_names} {person.family_name}", also=person.other_names)


def _same_surname(user: User, person: Person) -> bool:
    """Whether the last word of the one name is that of the other."""
    mine, theirs = words_of(user.name), words_of(person.family_name)
    return bool(mine and theirs) and mine[-1] == theirs[-1] and not _same_name(user, person)


def _agencies_of(users: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For which agencies they work or worked: whom to compare with. One query."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for user, agency in Membership.objects.filter(user__in=users).values_list("user_id", "agency_id"):
        found[user].add(agency)
    return found


def _names(users: set[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
