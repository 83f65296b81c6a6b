"""Everything that can stand on somebody's home page.

To add one kind of work, write one function and name it in `SOURCES`:

    def requests_to_answer(reader: User, *, now: datetime) -> Pile | None:
        '''What another agency wants to know, and nobody has answered.'''
        if not agencies_where(reader, Permission.REQUEST_ANSWER):
            return None                               # who has no such work is not asked about
        return pile_of(
            _("Requests to answer"),                  # what the link to all of them names
            to_answer(reader).order_by("due", "id"),  # scoped to the reader, what is most urgent first
            _row,                                     # one row of the queryset -> one `Row`
            more=reverse("desk:requests"),            # the full list; shown where there are more than `SHOWN`
        )

- `Row.section` is NEW (nobody has begun), DUE (somebody's to do) or WAITING (for others). What is overdue by its
  `due` moves to *Overdue* by itself.
- `due_at(moment, agency, now=now)` counts the working days left, whenever the page is shown: nothing is counted
  beforehand. The moment is the row's own, or is worked out from when it began by one of the methods of
  `agencies.targets.Targets` (`agencies.selectors.all_targets` has everybody's, in one query). Without `local=False`
  it is labelled as a local target.
- `next_step` is an imperative, `why` a sentence that says why it stands with this reader, `owner` who has it: one name
  or one team.
- `listed` holds the ids of the referrals of which a row tells, `requests` those of information requests: the page
  puts on record that they were shown.
- A source makes the same queries however many rows it finds: what a row shows comes with `select_related`. A test asks
  every source for that. Words under a seal stand on no home page.
"""

from datetime import datetime

from agencies.models import User
from desk.my_work.assigned import assigned
from desk.my_work.deconflictions import (
    answers_disputed,
    deconflictions_to_answer,
    deconflictions_unanswered,
    held_near_review,
)
from desk.my_work.gateway import assessments_to_finish, outcomes_to_sign, signpostings_open
from desk.my_work.matches import askings_made, askings_to_answer, likely_matches
from desk.my_work.others import offers_made, offers_to_answer, withdrawals_to_decide
from desk.my_work.partnerships import (
    partnerships_offered,
    partnerships_overdue,
    partnerships_owned,
    partnerships_to_accept,
    partnerships_to_leave,
    partnerships_unowned,
    planned_to_do,
)
from desk.my_work.questions import questions_sent, questions_to_send
from desk.my_work.referrals import covered, in_danger, new_referrals, nobodys, overdue_receipts
from desk.my_work.requests import requests_answered, requests_made, requests_to_answer
from desk.my_work.reviews import tellings_of_colleagues, tellings_to_review, whereabouts_to_review
from desk.my_work.shape import Shown, Source, sections
from desk.my_work.tasks import (
    allegations,
    covered_tasks,
    my_tasks,
    overdue_tasks_of_colleagues,
    tasks_given,
    team_tasks,
)
from desk.my_work.urgencies import suspended_contacts, urgencies_not_seen
from desk.my_work.worries import worries

SOURCES: tuple[Source, ...] = (
    in_danger,
    overdue_receipts,
    urgencies_not_seen,
    new_referrals,
    nobodys,
    offers_to_answer,
    withdrawals_to_decide,
    deconflictions_to_answer,
    answers_disputed,
    outcomes_to_sign,
    partnerships_to_accept,
    partnerships_unowned,
    deconflictions_unanswered,
    held_near_review,
    suspended_contacts,
    likely_matches,
    askings_to_answer,
    requests_to_answer,
    questions_to_send,
    worries,
    team_tasks,
    allegations,
    my_tasks,
    covered_tasks,
    overdue_tasks_of_colleagues,
    tellings_to_review,
    tellings_of_colleagues,
    whereabouts_to_review,
    assessments_to_finish,
    signpostings_open,
    planned_to_do,
    partnerships_to_leave,
    partnerships_owned,
    partnerships_overdue,
    assigned,
    covered,
    requests_answered,
    offers_made,
    partnerships_offered,
    askings_made,
    requests_made,
    questions_sent,
    tasks_given,
)


def my_work(reader: User, *, now: datetime) -> list[Shown]:
    """The sections of the reader's home page, without those in which nothing stands."""
    found = (source(reader, now=now) for source in SOURCES)
    return sections(pile for pile in found if pile is not None)
