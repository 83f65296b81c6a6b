"""The pages on which officers write beside a person, in every state, in a real browser; one by the keyboard alone."""

import pytest
from django.urls import reverse

from people.models import PersonName, Readers
from referrals.actions.assign_dispatch import assign_dispatch
from tests.components.axe import faults
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.people.writing import KINDS, NOW, housed, named, rang, related, struck

pytestmark = pytest.mark.browser
FORMS = ("person-name", "person-address", "person-relationship", "person-contact")


@pytest.mark.usefixtures("db", "on_record")
def test_forms_and_what_they_leave_have_nothing_the_matter(client, page):
    referral, sister = submitted(), submitted({**TEACHER, "given_names": "Halina"})
    dispatch = dispatch_to_authority(referral)
    lead = officer_of(dispatch.agency, name="Morwenna Oduya")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=lead, now=NOW)
    assign_dispatch(dispatch_id=dispatch_to_authority(sister).pk, to_id=lead.pk, by=lead, now=NOW)
    client.force_login(lead)
    person = referral.person_id

    def look(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    found = []
    for name in FORMS:
        address = reverse(f"desk:{name}", args=[person])
        found += look(name, address) + look(f"{name}-wrong", address, {"day-day": "40"})
    for write in KINDS:
        struck(write(person, lead), lead)
    row = named(person, lead, name="Zebedee of the very long family name Featherstonehaugh", source="His sister")
    housed(person, lead, lines="4 Cobbler’s Row\nBarnsley", since=NOW.date())
    related(person, lead, other_id=sister.person_id, readers=Readers.RECIPIENTS)
    rang(person, lead, clock=None, reached=False, outcome="Nobody was in.\nA card was left.")
    strike = reverse("desk:strike-out", args=[row.pk])
    found += look("strike-out", strike) + look("strike-out-wrong", strike, {})
    for name, args in (("referral", referral.pk), ("referral-print", referral.pk), ("person", person)):
        found += look(f"written-{name}", reverse(f"desk:{name}", args=[args]))
    assert found == []


@pytest.mark.usefixtures("db", "on_record")
def test_a_name_is_written_by_the_keyboard_alone(client, page):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    lead = officer_of(dispatch.agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=lead, now=NOW)
    client.force_login(lead)
    address = reverse("desk:person-name", args=[referral.person_id])
    assert faults(page, client.get(address), "person-name-keyboard") == []
    page.locator("#id_name").focus()
    page.keyboard.type("Zebedee")
    for key in ("Tab", "Space", "ArrowDown", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form')))")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").strip() == "Save"
    client.post(address, sent)
    row = PersonName.objects.get()
    assert (row.name, row.kind, row.readers) == ("Zebedee", "now_used", "agency")
