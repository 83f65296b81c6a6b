"""Whatever is offered, accepted, declined and taken back in whatever order: nothing is lost between two agencies."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from agencies.models import Agency
from audit.refusals import Forbidden, NotNow
from referrals.actions.accept_offer import accept_offer
from referrals.actions.decline_offer import decline_offer
from referrals.actions.give_task import give_task
from referrals.actions.make_offer import make_offer
from referrals.actions.take_back_offer import take_back_offer
from referrals.models import Dispatch, Offer, OfferCause, Task
from referrals.states import DispatchState, OfferState
from tests.making import officer_of, submitted

NOW = timezone.now()
COUNCILS = ("E08000038", "E08000032", "W06000015")
POLICE = ("ctp-north-east", "ctp-wales", "ctp-north-west")
AREAS, SIDES = st.integers(0, 2), st.booleans()


class Transfers(RuleBasedStateMachine):
    """One referral, three areas, and officers who press every button they can reach."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.referral = submitted()
        self.officers = {
            True: [officer_of(Agency.objects.get(code=code)) for code in POLICE],
            False: [officer_of(Agency.objects.get(code=code)) for code in COUNCILS],
        }
        for dispatch in self.standing():
            give_task(
                dispatch_id=dispatch.pk, owner_id=None, words="Ring the school.", due_on=None,
                by=self.officer_at(dispatch.agency), now=NOW,
            )  # fmt: skip

    def teardown(self) -> None:
        """Nothing of one run is there in the next."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def standing(self) -> list[Dispatch]:
        """How agencies have it now."""
        return list(self.referral.dispatches.exclude(state=DispatchState.TRANSFERRED).select_related("agency"))

    def half(self, police: bool) -> Dispatch:
        """One side's."""
        (found,) = (each for each in self.standing() if each.agency.is_police == police)
        return found

    def officer_at(self, agency: Agency) -> Any:
        """Somebody who works there."""
        return next(each for each in self.officers[agency.is_police] if each.agencies[0] == agency)

    def offer_open(self, police: bool) -> Offer | None:
        """What waits for an answer on one side."""
        waiting = Offer.objects.filter(dispatch__referral=self.referral, state=OfferState.OFFERED)
        return next((each for each in waiting.select_related("agency") if each.agency.is_police == police), None)

    @rule(police=SIDES, area=AREAS, cause=st.sampled_from(OfferCause))
    def offers(self, police: bool, area: int, cause: OfferCause) -> None:
        """Whoever has it offers it somewhere: elsewhere, to itself, or while it is on offer already."""
        dispatch, waits = self.half(police), self.offer_open(police)
        to = self.officers[police][area].agencies[0]
        by, refused = self.officer_at(dispatch.agency), waits is not None or to == dispatch.agency
        said: dict[str, Any] = {"dispatch_id": dispatch.pk, "to_id": to.pk, "reason": "Moved.", "cause": cause}
        if refused:
            with pytest.raises(NotNow):
                make_offer(**said, by=by, now=NOW)
        else:
            make_offer(**said, by=by, now=NOW)

    @rule(police=SIDES, area=AREAS, accept=st.booleans())
    def answers(self, police: bool, area: int, accept: bool) -> None:
        """Somebody of an area accepts or declines: only whoever it is offered to may."""
        waits, by = self.offer_open(police), self.officers[police][area]
        if waits is None:
            return
        said: dict[str, Any] = {"offer_id": waits.pk, "by": by, "now": NOW + timedelta(hours=1)}
        said |= {} if accept else {"reason": "No."}
        do = accept_offer if accept else decline_offer
        if by.agencies[0] != waits.agency:
            with pytest.raises(Forbidden):
                do(**said)
            return
        before = self.half(police)
        do(**said)
        assert self.half(police).agency == (waits.agency if accept else before.agency)

    @rule(police=SIDES)
    def takes_back(self, police: bool) -> None:
        """Whoever offers takes it back."""
        if waits := self.offer_open(police):
            by = self.officer_at(self.half(police).agency)
            take_back_offer(offer_id=waits.pk, reason="No.", by=by, now=NOW)

    @invariant()
    def one_of_the_police_and_one_authority_are_responsible(self) -> None:
        """Always exactly one of each."""
        assert sorted(each.agency.is_police for each in self.standing()) == [False, True]

    @invariant()
    def what_is_to_be_done_is_with_whoever_has_it(self) -> None:
        """No task stays behind, and nothing is offered by whoever has lost it."""
        having = {each.agency_id for each in self.standing()}
        assert set(Task.objects.filter(referral=self.referral, done_at=None).values_list("agency", flat=True)) <= having
        assert Offer.objects.filter(state=OfferState.OFFERED).exclude(dispatch__in=self.standing()).count() == 0


@pytest.mark.usefixtures("db", "on_record")
def test_a_referral_always_has_one_responsible_police_agency_and_one_authority():
    run_state_machine_as_test(
        Transfers,
        settings=settings(
            max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
