"""What was typed into the form is found in the database and on the agencies' pages, and nowhere else."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from referrals.form import FORM_VERSION, form_of
from referrals.models import Referral
from referrals.questions.shapes import Kind
from tests.fault.conftest import AUTHORITY
from tests.fault.visitor import Visitor
from tests.making import PASSWORD, TEACHER, officer_of
from tests.processes import House, until
from tests.referrals.looking import searching

pytestmark = pytest.mark.fault

# A word that nobody else writes marks every answer that is typed freely.
MARK = "Quillonby"
POSTCODE = "S70 1GW"
TYPED: dict[Kind, Any] = {
    Kind.TEXT: lambda name: f"{MARK} {name} O’Łuk",
    Kind.LONG_TEXT: lambda name: f"{MARK} {name}\nwith ‘quotes’ & a second line",
    Kind.EMAIL: lambda name: f"{name}@{MARK.lower()}.example",
    Kind.PHONE: lambda name: "01632 960987",
    Kind.POSTCODE: lambda name: POSTCODE,
    Kind.AGE: lambda name: "17",
}
BORN = {"day": "21", "month": "3", "year": "2009"}
TELLING = re.compile(
    rf"{MARK}|01632 ?960987|S70[ +]?1GW|Łuk|%C5%81uk|Hollybrook|Tomasz|"
    rf"21[/ -]0?3[/ -]2009|2009-03-21|classmates",
    re.IGNORECASE,
)


def everything() -> dict[str, Any]:
    """An answer to every question, as a browser sends it."""
    answers: dict[str, Any] = dict(TEACHER)
    for page in form_of(FORM_VERSION).pages:
        for question in page.questions:
            if question.kind in TYPED:
                answers[question.name] = TYPED[question.kind](question.name)
            if question.kind is Kind.DATE:
                answers |= {f"{question.name}-{part}": value for part, value in BORN.items()}
    return answers


@contextmanager
def overheard(house: House) -> Iterator[list[str]]:
    """Every command that reaches the broker, as it comes."""
    said: list[str] = []
    with house.broker.client().monitor() as monitor:
        heard = threading.Thread(target=lambda: _listen(monitor, said), daemon=True)
        heard.start()
        try:
            yield said
        finally:
            house.broker.client().echo("the end")
            heard.join(10)


def _listen(monitor: Any, said: list[str]) -> None:
    for command in monitor.listen():
        said.append(str(command["command"]))
        if "the end" in said[-1]:
            return


def kept(house: House) -> str:
    """All keys and values of all the broker's databases."""
    text = ""
    for number in range(4):
        client = house.broker.client(number)
        for key in client.keys("*"):
            text += f"{key!r} {client.dump(key)!r}\n"
    return text


def test_answers_are_in_no_address_log_e_mail_or_broker(house):
    with recording(by=Agent.OPERATOR):
        user = officer_of(Agency.objects.get(code=AUTHORITY))
        searching(user)
    referrer, officer = Visitor(house.url), Visitor(house.url)
    before = len(house.output("web").read_text())  # other tests may have stopped the database
    with overheard(house) as said:
        check = referrer.write(everything())
        person = check.replace("/check/", "/person/")
        referrer.get(person)
        referrer.post(person, everything() | {"adult_or_child": "nonsense", "approximate_age": f"{MARK}"})
        assert MARK in referrer.page, "an answer that is refused is shown again"
        referrer.get(f"{check}?change=1")
        house.kill("mail")
        referrer.get(check)
        reference = referrer.send()
        officer.sign_in(user.email, PASSWORD)
        referral = Referral.objects.select_related("referrer").get(reference=reference)
        assert sum(MARK.lower() in str(answer).lower() for answer in referral.answers.values()) > 15
        assert referral.answers["date_of_birth"] == BORN
        for path in (
            f"/casework/inbox/?reference={reference}",
            f"/casework/referrals/{referral.pk}/",
            f"/casework/referrals/{referral.pk}/print/",
            f"/casework/referrals/{uuid4()}/",
            f"/refer/{uuid4()}/check/",
        ):
            officer.get(path)
        officer.get(f"/casework/referrals/{referral.pk}/")
        assert MARK in officer.page, "the agency reads what was written"
        house.start("mail")
        until(lambda: house.told(reference), "all mail is out", within=40)
        in_broker = kept(house)
    assert any("sweep_notices" in command for command in said), "hints were overheard"
    assert TELLING.search("\n".join(said)) is None and TELLING.search(in_broker) is None
    assert "celery-task-meta" not in in_broker + "\n".join(said), "no results are kept"
    for name in ("web", "worker", "mailer", "caller", "beat", "mail", "access", "valkey"):
        text = (house.folder / f"{name}.log").read_text()
        found = TELLING.search(text)
        assert found is None, f"{name}.log says {text[max(0, found.start() - 80) : found.end() + 80]}" if found else ""
    assert "database_unavailable" not in house.output("web").read_text()[before:]
    for mail in house.mails(reference):
        assert TELLING.search(f"{mail['Subject']}\n{mail.get_content()}") is None
    for address in (*referrer.asked, *officer.asked):
        assert TELLING.search(address) is None
    assert not [name for name in ids(referrer.asked) if Referral.objects.filter(pk=name).exists()]


def ids(addresses: list[str]) -> set[UUID]:
    """Every id in the addresses the referrer's browser opened."""
    return {UUID(found) for address in addresses for found in re.findall(r"[0-9a-f-]{36}", address)}
