"""A part of the ledger as a file: what its page shows, each entry with a proof that needs nobody here."""

import base64
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actions.seal_entries import seal_entries
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.refusals import NotNow
from audit.sealing.keys import verifiers
from desk.audit.forms import ExportLedgerForm
from desk.exports.ledger import LEDGER
from documents import exporting
from documents.exporting import plain
from documents.models import Export
from documents.states import ExportState
from tests.audit.sealing.checking import all_checked, holds
from tests.desk.audit.reading import opened
from tests.desk.audit.test_scope import restricted
from tests.desk.audit.test_sentences import own_work
from tests.documents.exporting import Asker, bytes_of, rows_of
from tests.making import BARNSLEY, officer_of
from tests.referrals.opening import supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
NUMBER, WHEN, WHO, OFFICE, WHAT, WHY, WORDS, PROOF, MARKING = range(9)


@pytest.fixture
def export():
    """The lines of the file that an auditor asks for with some filters, after everything was sealed."""

    def made(reader, **filters):
        seal_entries(by=Agent.SEALER, now=timezone.now())
        form = ExportLedgerForm(filters)
        assert form.is_valid(), form.errors
        given = {name: plain(value) for name, value in form.cleaned_data.items() if value}
        found = Asker(reader).has(kind="ledger", filters=given)
        assert found.state == ExportState.READY
        return rows_of(found)

    return made


def proof_in(line):
    return json.loads(base64.b64decode(line[PROOF]))


def test_each_line_says_what_was_done_and_proves_it_to_whoever_trusts_nobody_here(auditor, officer, referral, export):
    opened(referral, by=officer)
    line = export(auditor, referral=referral.pk, operation="consultation")[-1]
    assert line[WHO] == officer.name and referral.reference in line[WHAT] and "Barnsley" in line[OFFICE]
    proof = proof_in(line)
    assert proof["entry"]["id"] == line[NUMBER] and proof["entry"]["actor"] == str(officer.pk)
    assert holds(proof)
    proof["entry"]["actor"] = str(auditor.pk)
    assert not holds(proof)


def test_the_programs_of_the_documentation_check_a_whole_file_without_us(auditor, officer, referral, export, tmp_path):
    for _time in range(3):
        opened(referral, by=officer)
    export(auditor, referral=referral.pk, operation="consultation")
    file, key = bytes_of(Export.objects.latest("asked_at")), verifiers()[0].text
    done = all_checked(file, key, tmp_path)
    assert (done.returncode, done.stdout.count("It holds")) == (0, 3), done.stderr
    one, other = (line.split('","')[7].encode() for line in file.decode().splitlines()[1:3])
    for forged in (file.replace(one, other), file.replace(one, base64.b64encode(b"{}")), file.replace(one, b"")):
        assert all_checked(forged, key, tmp_path).returncode != 0


def test_it_holds_what_its_page_shows(auditor, officer, stranger, referral, export):
    for by in (officer, stranger, officer):
        opened(referral, by=by)
    about = export(auditor, referral=referral.pk, operation="consultation")
    assert [line[WHO] for line in about] == [officer.name, stranger.name, officer.name]
    deeds = export(auditor, colleague=officer.pk, operation="consultation")
    assert {line[WHO] for line in deeds} == {officer.name}
    assert export(auditor, refused="on") == []


def test_it_holds_nothing_of_other_days_nor_what_nobody_may_ask_about(auditor, stranger, referral, export):
    opened(referral, by=stranger)
    days = {"until-day": 1, "until-month": 1, "until-year": 2020}
    assert export(auditor, referral=referral.pk, **days) == []
    assert export(auditor, colleague=stranger.pk) == []
    assert export(auditor, referral=uuid4()) == []


def test_a_restricted_record_is_in_no_file_not_even_of_those_who_are_named_on_it(national, officer, referral, export):
    opened(referral, by=officer)
    assert export(national, colleague=officer.pk)
    restricted(referral, supervisor(BARNSLEY), officer)
    assert export(national, colleague=officer.pk, operation="consultation") == []


def test_a_referrer_who_asked_not_to_be_named_is_named_by_no_line_and_no_proof(national, council, export):
    unnamed = officer_of(council, name="Tomos Achebe")
    with recording(by=unnamed):
        kept = own_work(unnamed, anonymous="yes")
    lines = export(national, referral=kept.pk, operation="collection")
    (made,) = [line for line in lines if "referral" in line[WHAT] and line[WHO] == "The referrer"][:1]
    assert made[PROOF].startswith("Left out")
    assert not any(str(unnamed.pk) in json.dumps(proof_in(each)) for each in lines if each[PROOF].startswith("ey"))
    assert not [line for line in export(national, colleague=unnamed.pk) if line[WHO] == "The referrer"]


def test_what_is_not_sealed_yet_waits_for_the_next_file(auditor, officer, referral, export):
    export(auditor)
    opened(referral, by=officer)
    assert not LEDGER.rows(auditor, auditor.agencies[0], {"referral": str(referral.pk)}).filter(kind=Entry.Kind.VIEWED)


def test_a_part_that_is_too_long_for_a_file_is_refused_and_says_what_to_do(
    auditor, officer, referral, export, monkeypatch
):
    opened(referral, by=officer)
    monkeypatch.setitem(exporting._kinds, "ledger", replace(LEDGER, most=0))
    with pytest.raises(NotNow, match="fewer days"):
        export(auditor, referral=referral.pk)


def test_its_page_says_in_words_what_part_it_is_to_those_alone_who_may_ask(
    client, auditor, officer, stranger, referral
):
    opened(referral, by=officer)

    def said(**given):
        return dict(LEDGER.said({name: str(pk) for name, pk in given.items()}, auditor))

    assert said(referral=referral.pk, colleague=officer.pk, until="2026-11-03") == {
        "About the person of referral": referral.reference, "What was done by": officer.name, "To": "3 November 2026",
    }  # fmt: skip
    unknown = said(referral=uuid4(), colleague=stranger.pk)
    assert set(unknown.values()) == {"one that you may not ask about", "one whose work you may not look through"}


def test_each_page_leads_to_the_export_of_what_it_shows(client, auditor, officer, referral):
    opened(referral, by=officer)
    client.force_login(auditor)
    for name, args, part in (
        ("audit", (), "?operation=consultation"),
        ("audit-referral", (referral.pk,), f"?operation=consultation&amp;referral={referral.pk}"),
        ("audit-user", (officer.pk,), f"?operation=consultation&amp;colleague={officer.pk}"),
    ):
        text = client.get(reverse(f"desk:{name}", args=args), {"operation": "consultation"}).content.decode()
        assert f'href="{reverse("documents:new-export", args=["ledger"])}{part}"' in text
