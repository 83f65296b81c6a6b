"""Whoever assesses, proposes, signs or decides reads there that the person was referred at another time too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people.actions.decide_match import decide_match
from people.states import MatchState
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import ToldBy, WithdrawalKind
from tests.making import dispatch_to_police
from tests.people.pairs import AXEL, MISSPELT, found, match_of
from tests.triage.assessing import proposed, received, supervisor_at, written

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def one(on_record):
    return found(AXEL)


def repeated(one, by):
    other = found(MISSPELT)
    decide_match(
        match_id=match_of(one, other).pk, said=MatchState.CONFIRMED, reason="Same mother.", by=by, now=timezone.now()
    )
    return other


def read(client, user, page, row):
    client.force_login(user)
    return client.get(reverse(page, args=[row.pk])).content.decode()


@pytest.mark.parametrize("page", ["triage:gateway", "triage:write-gateway"])
def test_whoever_writes_the_assessment_reads_it(client, one, page):
    officer = received(one)
    row = written(one, by=officer)
    assert "Repeat referral" not in read(client, officer, page, row)
    other = repeated(one, officer)
    assert "Repeat referral" in read(client, officer, page, row)
    assert other.reference in read(client, officer, page, row)


@pytest.mark.parametrize("page", ["triage:gateway", "triage:sign-gateway"])
def test_whoever_signs_reads_it(client, one, page):
    officer = received(one)
    row = proposed(one, by=officer)
    repeated(one, officer)
    boss = supervisor_at(dispatch_to_police(one).agency)
    assert "Repeat referral" in read(client, boss, page, row)


def test_whoever_decides_about_a_withdrawal_reads_it(client, one):
    officer = received(one)
    repeated(one, officer)
    row = report_withdrawal(
        dispatch_id=dispatch_to_police(one).pk, kind=WithdrawalKind.WITHDRAWN, told_how=ToldBy.TELEPHONE,
        reason="She rang.", by=officer, now=timezone.now(),
    )  # fmt: skip
    assert "Repeat referral" in read(client, officer, "referrals:decide", row)
