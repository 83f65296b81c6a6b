"""One of everything that a page can be about, and everybody who signs in: for tests that open every page."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.connect_system import connect_system
from agencies.actions.disable_endpoint import disable_endpoint
from agencies.actions.resume_user import resume_user
from agencies.actions.send_invitation import send_invitation
from agencies.actions.send_notice import send_notice
from agencies.actions.suspend_user import suspend_user
from agencies.administration import waiting_proposals
from agencies.models import Agency, NoticeKind, User
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from agencies.scopes import Scope
from audit.agents import Agent
from audit.models import Handling
from documents.actions.add_answer_file import add_answer_file
from documents.storing import keep
from people.actions.answer_request import answer_request
from people.actions.ask_about_match import ask_about_match
from people.actions.ask_for_information import ask_for_information
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.models import Identifier, LegalBasis, Match
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.give_task import give_task
from referrals.actions.join_referrals import join_referrals
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.actions.search_records import search_records
from referrals.actions.submit_referral import submit_referral
from referrals.actions.write_note import write_note
from referrals.holding import Holder
from referrals.models import Draft, JoinKind, NoteReaders, Referral, ToldBy, WithdrawalKind
from referrals.questions.shapes import WORK
from tests.agencies.administering import administrator, given, nobody_yet, page_of
from tests.agencies.hearing import endpoint_at, event_for
from tests.audit.acts import within
from tests.documents.exporting import Asker
from tests.documents.making import TEXT, added, judged_clean
from tests.making import (
    TEACHER,
    agency_for,
    cleared,
    dispatch_to_authority,
    dispatch_to_police,
    make_user,
    officer_of,
    submitted,
    with_mailboxes,
)
from tests.people.planning import URGENT, planned
from tests.people.writing import named
from tests.receiver import receiving
from tests.referrals.answering import full
from tests.referrals.api.calling import agency_key, partner_key
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.drafting import begun
from tests.referrals.looking import searching
from tests.referrals.opening import broken, privacy_officer, shared
from tests.referrals.succeeding import shown_and_succeeded
from tests.referrals.views.conftest import Visitor
from tests.referrals.worrying import worry_about
from tests.referrals.writing import many, scripted
from tests.signing_in import give_password
from tests.triage.assessing import at_each_stage
from tests.triage.deconflicting import opened
from tests.triage.partnering import in_hand
from tests.triage.standardising import drafted, for_both_moments, offered, published, shown

NOW = timezone.now()
# No page leads there, unless somebody is asked who they are, or the address is one where browsers offer passkeys.
OWN_PAGES = ("confirm", "second-factor/app", "second-factor/passkey")
POLICE, COUNCIL, OTHER_COUNCIL = "ctp-north-east", "E08000038", "E08000032"
REASON = "They moved."
# Given names of people of whom nobody would think that they are one.
ALONE = ("Halina", "Rufus", "Xanthe", "Eskil", "Oriel")


class OneOfEach:
    """People by role, and what stands where; `url` is an address that takes webhooks."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.council, self.other = (Agency.objects.get(code=code) for code in (COUNCIL, OTHER_COUNCIL))
        self.people = {role: self._somebody(role) for role in RoleName if not ROLES[role].for_systems}
        self.lead, self.officer = self.people[RoleName.AUTHORITY_LEAD], self.people[RoleName.CTP_OFFICER]
        self.neighbour = officer_of(self.other, name="Adeel Kershaw")
        self.days = iter(range(1, 100))
        self.fresh, self.beside = self._referral(received=False), self._referral()
        opened(self.fresh)
        self._asked()
        question: dict[str, Any] = {"dispatch_id": dispatch_to_authority(self.beside).pk, "words": "On which day?"}
        self.question = ask_referrer(**question, by=self.lead, now=NOW)
        self._matched()
        self._written_and_given()
        self._flood()
        self._restricted()
        self._worked_on()
        self._joined_and_withdrawn()
        alone = [self._referral(given_names=name, family_name=f"{name}ley") for name in ALONE]
        self.assessed, asked = at_each_stage(alone[:3], by=self.officer), alone[3]
        in_hand(alone[4], owner=self.officer, asked_too=self.people[RoleName.CTP_SUPERVISOR])
        question["dispatch_id"] = dispatch_to_authority(asked).pk
        self.held = ask_referrer(**question, by=self.lead, now=NOW)
        shown_and_succeeded(dispatch_to_authority(asked), self.lead)
        self.worry = worry_about(asked, dispatch_to_police(asked).agency, now=NOW)
        self._opened_and_closed()
        self._systems()
        self._standards()
        self._administered()
        Asker(self.lead).has()
        self.entered, self.entered_and_sent = self._entered(), self._entered()
        submit_referral(draft_id=self.entered_and_sent.pk, holder=Holder(self.lead), by=self.lead, now=NOW)

    def _somebody(self, role: RoleName) -> User:
        police = Agency.objects.get(code=POLICE)
        where = {"ctp": police, "fimu": police, "authority": self.council, "auditor": self.council}
        agency = where.get(role.partition("_")[0])
        return make_user(agency=agency or agency_for(role), role=role, name=f"Wren {role}", by=Agent.OPERATOR, now=NOW)

    def _referral(self, *, received: bool = True, **answers: str) -> Referral:
        referral = submitted({**TEACHER, "anonymous": "yes", **answers}, now=NOW - timedelta(days=next(self.days)))
        council, police = dispatch_to_authority(referral), dispatch_to_police(referral)
        for dispatch, by in ((council, self.lead), (police, self.officer)):
            with_mailboxes(dispatch.agency)
            if received:
                acknowledge_dispatch(dispatch_id=dispatch.pk, by=by, now=NOW)
        return referral

    def _asked(self) -> None:
        """The council is asked, and asks another, which has answered once."""
        about: dict[str, Any] = {"person_id": self.beside.person_id, "question": "Is he known to you?", "need": REASON}
        about |= {"basis": LegalBasis.CARE, "basis_words": "", "discloses": [Identifier.NAME]}
        about |= {"confirmed": True, "due_on": None, "now": NOW}
        planned(self.beside.person_id, self.lead, urgent=URGENT)
        cleared(self.beside, by=self.people[RoleName.FIMU_ANALYST])
        police = dispatch_to_police(self.beside).agency_id
        ask_for_information(agency_id=police, asked_id=self.council.pk, by=self.officer, **about)
        ours = [
            ask_for_information(agency_id=self.council.pk, asked_id=self.other.pk, by=self.lead, **about)
            for _each in range(2)
        ]
        self.requests = [each.pk for each in ours]
        answer_request(request_id=ours[-1].pk, words="Not to us.", by=self.neighbour, now=NOW)
        kept = keep("words.txt", TEXT)
        judged_clean(add_answer_file(request_id=ours[-1].pk, kept=kept, by=self.neighbour, now=NOW).pk)

    def _matched(self) -> None:
        """Its person is one with another's, may be a third's, and may be somebody's in Cardiff, which asks as we do."""
        far = submitted({**TEACHER, "postcode": "CF10 3NQ"}, now=NOW - timedelta(days=next(self.days)))
        third = self._referral()
        for referral in (self.beside, third, far):
            find_matches(person_id=referral.person_id, by=Agent.SWEEPER, now=NOW)
        same = _match(self.beside, self.fresh)
        decide_match(match_id=same.pk, said=MatchState.CONFIRMED, reason=REASON, by=self.lead, now=NOW)
        ask_about_match(match_id=_match(self.beside, far).pk, by=self.lead, now=NOW)
        self.matches = [same.pk, _match(third, far).pk]
        cardiff = officer_of(dispatch_to_authority(far).agency, name="Nia Bevan")
        ask_about_match(match_id=_match(self.fresh, far).pk, by=cardiff, now=NOW)

    def _written_and_given(self) -> None:
        """A name beside the person; a task for the lead and one for whoever of the team takes it; something sought."""
        named(self.beside.person_id, self.lead)
        given: dict[str, Any] = {"dispatch_id": dispatch_to_authority(self.beside).pk, "due_on": None, "now": NOW}
        for owner in (self.lead.pk, None):
            give_task(**given, owner_id=owner, words="Ring the school.", by=self.lead)
        searching(self.lead)
        self.search = search_records(words="Tomasz", by=self.lead, now=NOW)

    def _flood(self) -> None:
        with patch("referrals.actions.judge_likeness.PASS", 2):
            for each in many(scripted, 4):
                submitted(each, now=NOW)
        for role in (RoleName.NATIONAL_DESK_OFFICER, RoleName.NATIONAL_DESK_SUPERVISOR):
            searching(self.people[role])

    def _restricted(self) -> None:
        submitted(ABOUT_POLICE, now=NOW - timedelta(days=1))

    def _worked_on(self) -> None:
        """A note, a document, an offer, an absence."""
        dispatch = dispatch_to_authority(self._referral())
        police = dispatch_to_police(dispatch.referral)
        assign_dispatch(dispatch_id=police.pk, to_id=self.officer.pk, by=self.officer, now=NOW)
        write_note(dispatch_id=dispatch.pk, text="Rang.", readers=NoteReaders.AGENCY, by=self.lead, now=NOW)
        judged_clean(added(dispatch, self.lead).pk)
        self.offer = make_offer(dispatch_id=dispatch.pk, to_id=self.other.pk, reason=REASON, by=self.lead, now=NOW)
        arrange_absence(
            user_id=self.lead.pk,
            cover_id=self.people[RoleName.AUTHORITY_SUPERVISOR].pk,
            agency_id=self.council.pk,
            starts_on=NOW.date(),
            ends_on=NOW.date() + timedelta(days=3),
            by=self.lead,
            now=NOW,
        )

    def _joined_and_withdrawn(self) -> None:
        first, second, third, stopped = (dispatch_to_authority(self._referral()) for _ in range(4))
        join_referrals(
            dispatch_id=first.pk, other_id=second.pk, kind=JoinKind.DUPLICATE, reason=REASON, by=self.lead, now=NOW
        )
        told: dict[str, Any] = {"kind": WithdrawalKind.IN_ERROR, "told_how": ToldBy.TELEPHONE, "reason": REASON}
        report_withdrawal(dispatch_id=third.pk, **told, by=self.lead, now=NOW)
        withdrawal = report_withdrawal(dispatch_id=stopped.pk, **told, by=self.lead, now=NOW)
        police = dispatch_to_police(stopped.referral)
        decide_withdrawal(
            withdrawal_id=withdrawal.pk, dispatch_id=police.pk, go_on=False, reason=REASON, by=self.officer, now=NOW
        )

    def _opened_and_closed(self) -> None:
        """Shared by name, opened in an emergency, and kept to named people, of whom anybody can be struck off."""
        self.people[RoleName.PRIVACY_OFFICER] = privacy_officer(COUNCIL)
        self.shared, self.kept = (dispatch_to_police(self._referral()) for _ in range(2))
        shared(self.shared, self.neighbour, by=self.officer)
        broken(self._referral(), by=self.neighbour)
        restrict_record(
            dispatch_id=self.kept.pk,
            named=[self.lead.pk, self.people[RoleName.AUTHORITY_SUPERVISOR].pk, self.officer.pk],
            reason=REASON,
            by=self.people[RoleName.CTP_SUPERVISOR],
            now=NOW,
        )

    def _standards(self) -> None:
        """A version that holds, a draft, and good practice that is published and that waits."""
        by = self.people[RoleName.STANDARDS_LEAD]
        published(*for_both_moments(), by=by)
        self.draft = drafted(by=by)
        offered(self.officer)
        shown(self.officer)

    def _systems(self) -> None:
        """Keys, endpoints that are called and one that is not, and what could not be delivered."""
        self.sender, self.receiver = partner_key(), agency_key(self.council)
        heard, _secret = endpoint_at(self.url)
        silent, _secret = endpoint_at(f"{self.url}/silent", code=OTHER_COUNCIL)
        disable_endpoint(endpoint_id=silent.pk, by=Agent.OPERATOR, now=NOW)
        notice = send_notice(
            kind=NoticeKind.NEW_REFERRAL,
            about=uuid4(),
            tells_of=[],
            address="desk@agencies.example",
            details={"reference": "K7QM-3XWP", "link": "https://casework.example/x/"},
            once="x",
            by=Agent.MESSENGER,
            now=NOW,
        )
        for row in (event_for(heard), notice):
            within(do=partial(row.changed, dead=NOW, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=NOW)
        Handling.objects.filter(pk=Handling.objects.latest("due").pk).update(
            dead=NOW, attempts=20, last_error="OSError"
        )

    def _administered(self) -> None:
        """What waits for each of two administrators: roles, an account to open again; and somebody invited."""
        first, second = self.people[RoleName.SYSTEM_ADMINISTRATOR], administrator("Wren the second")
        for by, role in ((first, RoleName.AUTHORITY_LEAD), (second, RoleName.CHANNEL_COORDINATOR)):
            given(self.people[RoleName.PANEL_MEMBER], role, by=by, agency=self.council)
        self.invited, self.suspended = nobody_yet("Wren the invited"), officer_of(self.other, name="Wren the suspended")
        given(self.invited, RoleName.CHANNEL_CHAIR, by=first, agency=self.council)
        send_invitation(user_id=self.invited.pk, by=first, now=NOW)
        suspend_user(user_id=self.suspended.pk, by=first, now=NOW)
        resume_user(user_id=self.suspended.pk, by=second, now=NOW)
        connect_system(agency_id=self.other.pk, name="Casebook", scopes=[Scope.RECEIVE], by=second, now=NOW)

    def browsers(self) -> Iterator[tuple[Client, list[str]]]:
        """Everybody's browser, and where they begin: no page leads to a draft, or to what stands in a link."""
        yield self._visitor(sent=False)
        yield self._visitor(sent=True)
        may: set[Permission] = set()
        for role, user in sorted(self.people.items(), key=lambda pair: pair[1] != self.lead):
            if not ROLES[role].permissions <= may or user == self.officer:  # otherwise others open all that they may
                yield (
                    signed_in(user),
                    [
                        "/casework/",
                        *self._of_drafts(user),
                        *self._of_supervisors(user),
                        *self._of_administrators(user),
                        *self._of_headquarters(user),
                    ],
                )
            if user == self.lead:
                yield signed_in(self.neighbour), ["/casework/", reverse("referrals:offered", args=[self.offer.pk])]
            may |= ROLES[role].permissions
        signed_in(self.lead)  # elsewhere too, so that there is a session to end
        yield signed_in(self.lead), ["/casework/account/", *(f"/casework/account/{page}/" for page in OWN_PAGES)]
        yield half_signed_in(self.lead), ["/casework/sign-in/code/", "/casework/sign-in/passkey/"]

    def _entered(self) -> Draft:
        return begun(Holder(self.lead), {**full(WORK), "danger": "no", "entry": "telephone"})

    def _of_drafts(self, user: User) -> list[str]:
        """What no page leads to, but the middle of a form or a question before a page."""
        if user != self.lead:
            return []
        pages = [f"/casework/enter/{self.entered.pk}/{page}/" for page in ("check", "northern-ireland")]
        asked = [f"/casework/{before}/purpose/" for before in ("inbox", f"referrals/{self.fresh.pk}")]
        pages.append(reverse("desk:search-results", args=[self.search.pk]))
        pages += [reverse(f"referrals:{each}-question", args=[self.held.pk]) for each in ("release", "withdraw")]
        pages += [reverse("desk:match", args=[pk]) for pk in self.matches]
        pages += [reverse("desk:request", args=[pk]) for pk in self.requests]
        return [*pages, f"/casework/enter/{self.entered_and_sent.pk}/sent/", *asked]

    def _of_supervisors(self, user: User) -> list[str]:
        """What only supervisors are offered on the page of a referral, which others have opened before them."""
        if user != self.people[RoleName.CTP_SUPERVISOR]:
            return []
        worry = reverse("referrals:answer-worry", args=[self.worry.pk])
        pages = [reverse("triage:gateway", args=[row.pk]) for row in self.assessed]
        return [worry, *pages, *(dispatch.get_absolute_url() for dispatch in (self.shared, self.kept))]

    def _of_headquarters(self, user: User) -> list[str]:
        """Where a version is begun, which no page offers while there is a draft; and the draft."""
        if user != self.people[RoleName.STANDARDS_LEAD]:
            return []
        return [reverse("triage:begin-standard"), reverse("triage:standard", args=[self.draft.pk])]

    def _of_administrators(self, user: User) -> list[str]:
        """Accounts that differ, and the proposals of oneself and of another."""
        if user != self.people[RoleName.SYSTEM_ADMINISTRATOR]:
            return []
        proposals = [reverse("agencies:proposal", args=[each.pk]) for each in waiting_proposals()]
        return [*map(page_of, (self.invited, self.suspended)), *proposals]

    def _visitor(self, *, sent: bool) -> tuple[Client, list[str]]:
        visitor = Visitor()
        visitor.has_answered({**full(WORK), "danger": "no"})
        if sent:
            visitor.answer("check")
        pages = ("check", "northern-ireland", "save", "copy", "sent")
        return visitor, [
            "/",
            "/ended/",
            "/withdraw/",
            "/withdraw/told/",
            "/your-referral/",
            "/your-referral/new-link/",
            "/your-referral/new-link/asked/",
            "/your-referral/link/token/",
            "/your-referral/page/",
            "/your-referral/add/",
            "/your-referral/added/",
            "/your-referral/worry/",
            "/your-referral/worry/told/",
            f"/your-referral/question/{self.question.pk}/",
            "/saved/token/",
            "/casework/invitation/token/",
            "/casework/sign-in/",
            "/healthz",
            "/readyz",
            *(visitor.url(page) for page in pages),
        ]


def _match(one: Referral, other: Referral) -> Match:
    first, second = sorted((one.person_id, other.person_id))
    return Match.objects.get(one=first, other=second)


def half_signed_in(user: User) -> Client:
    """Somebody's browser after the password, before the second factor."""
    client = Client()
    give_password(client, user)
    return client


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def one_of_each() -> Iterator[OneOfEach]:
    """All of it, with a receiver of webhooks that answers."""
    with ExitStack() as stack:
        receiver = stack.enter_context(receiving())
        yield OneOfEach(receiver.url)
