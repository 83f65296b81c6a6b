"""Tasks from page to page: asked, seen on the home pages of both, handed on, done, taken back; and none the matter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.keyset import PAGE_SIZE
from agencies.models import Agency
from audit.agents import Agent
from audit.models import Entry
from referrals.actions.give_task import give_task
from referrals.models import Task
from tests.audit.acts import within
from tests.components.axe import faults
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.overdue import supervisor_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


class Scene:
    """A council's referral, and the pages about it."""

    def __init__(self, client):
        self.client = client
        self.referral = submitted()
        self.dispatch = dispatch_to_authority(self.referral)
        agency = self.dispatch.agency
        self.lead, self.colleague = officer_of(agency, name="Wren Castellane"), officer_of(agency, name="Idris Vane")
        self.boss = supervisor_of(agency)

    def ask(self, to=None, *, days=None):
        return give_task(
            dispatch_id=self.dispatch.pk,
            owner_id=to.pk if to else None,
            words="Ring the school.",
            due_on=timezone.localdate() + timedelta(days) if days else None,
            by=self.lead,
            now=timezone.now(),
        )

    def text(self, user, address):
        self.client.force_login(user)
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    def page(self, name, pk):
        return reverse(f"referrals:{name}", args=[pk])

    @property
    def at(self):
        return reverse("desk:referral", args=[self.referral.pk])


@pytest.fixture
def scene(client):
    return Scene(client)


HOME = "/casework/"


def test_a_task_from_page_to_page(scene):
    page = scene.page("give-task", scene.dispatch.pk)
    assert "by your agency’s local target" in scene.text(scene.lead, page)
    sent = {"words": "Ring the school.\nAsk for Miss Odell.", "to": str(scene.colleague.pk)}
    assert scene.client.post(page, sent).url == scene.at
    task = Task.objects.get()
    assert "Ring the school." in scene.text(scene.lead, scene.at)
    assert "Gave a task to Idris Vane." in scene.text(scene.lead, scene.at)
    waiting = scene.text(scene.lead, HOME)
    assert "Idris Vane does it" in waiting and "Waiting for others" in waiting
    assert "Ring the school" not in waiting, "what is sealed stands on no home page"
    mine = scene.text(scene.colleague, HOME)
    assert "Wren Castellane asked you to do it." in mine and "working days left" in mine and "(local target)" in mine
    hand = scene.page("hand-task", task.pk)
    offered = scene.text(scene.colleague, hand)
    assert "Away" not in offered and "(me)" not in offered, "whoever has it is no choice"
    scene.client.post(hand, {"to": "team"})
    assert "Your team was asked, and nobody has taken it." in scene.text(scene.boss, HOME)
    assert "Handed a task to the whole team." in scene.text(scene.boss, scene.at)
    assert scene.client.post(hand, {"to": str(scene.boss.pk)}).status_code == 302
    finish = scene.page("finish-task", task.pk)
    assert "This is for" in scene.text(scene.colleague, finish)
    assert scene.client.post(finish, {"reason": "Done."}).status_code in {403, 404}
    assert "What did you do" in scene.text(scene.boss, finish)
    scene.client.post(finish, {"reason": "She saw it."})
    done = scene.text(scene.colleague, scene.at)
    assert "Done by" in done and "She saw it." in done and "Finished a task." in done
    assert scene.client.get(finish).status_code == 404


def test_what_was_taken_back_says_why(scene):
    task = scene.ask(scene.colleague)
    page = scene.page("take-back-task", task.pk)
    scene.client.force_login(scene.colleague)
    assert scene.client.get(page).status_code in {403, 404}
    assert "need it not be done" in scene.text(scene.lead, page)
    scene.client.post(page, {"reason": "The police have asked."})
    shown = scene.text(scene.colleague, scene.at)
    assert "Taken back by" in shown and "The police have asked." in shown and "Took a task back." in shown
    assert "Waiting for others" not in scene.text(scene.lead, HOME)


def test_what_is_overdue_stands_with_the_supervisor_and_with_whoever_has_it(scene):
    task = scene.ask(scene.colleague)
    past = {"due": timezone.now() - timedelta(days=4)}
    within(do=lambda: task.changed(**past), by=Agent.OPERATOR, now=timezone.now())
    for user, why in ((scene.colleague, "asked you to do it"), (scene.boss, "You supervise Idris Vane")):
        home = scene.text(user, HOME)
        assert why in home and "Overdue by" in home
    assert "You supervise" not in scene.text(scene.lead, HOME)
    assert "Overdue" in scene.text(scene.boss, reverse("referrals:tasks"))


def test_a_day_that_is_past_is_said_beside_the_field_and_nothing_typed_is_lost(scene):
    page = scene.page("give-task", scene.dispatch.pk)
    scene.client.force_login(scene.lead)
    day = {f"due_on-{part}": value for part, value in (("day", "1"), ("month", "2"), ("year", "2020"))}
    answer = scene.client.post(page, {"words": "Ring them.", "to": "team", **day}).content.decode()
    assert "Choose a day that is still to come." in answer and "Ring them." in answer and "<title>Error: " in answer
    assert not Task.objects.exists()


@pytest.mark.parametrize(("whose", "seen"), [("", 3), ("me", 1), ("team", 1), ("given", 1), ("nonsense", 3)])
def test_the_list_is_narrowed_and_puts_what_it_shows_on_record(scene, whose, seen):
    for to in (scene.lead, scene.colleague, None):
        scene.ask(to)
    address = f"{reverse('referrals:tasks')}?whose={whose}"
    text = scene.text(scene.lead, address)
    assert text.count('<th scope="row"') == seen
    assert Entry.objects.filter(kind=Entry.Kind.LISTED, actor=scene.lead.pk).count() == 1
    assert "There is nothing to do" in scene.text(officer_of(Agency.objects.get(code="E08000032")), address)


def test_the_list_goes_on_where_a_page_ends_and_costs_the_same(scene):
    scene.ask()
    scene.client.force_login(scene.lead)
    address = reverse("referrals:tasks")
    scene.client.get(address)
    with CaptureQueriesContext(connection) as one:
        scene.client.get(address)
    for number in range(PAGE_SIZE):
        scene.ask(days=7 + number)
    with CaptureQueriesContext(connection) as many:
        first = scene.client.get(address)
    assert len(one) == len(many) <= 14
    assert first.content.decode().count('<th scope="row"') == PAGE_SIZE
    rest = scene.client.get(address, {"after": first.context["step"].next}).content.decode()
    assert rest.count('<th scope="row"') == 1 and "Next page" not in rest


def test_nothing_is_the_matter_with_the_pages(scene, page):
    found = []

    def look(name, user, address, sent=None):
        scene.client.force_login(user)
        answer = scene.client.post(address, sent) if sent is not None else scene.client.get(address)
        assert answer.status_code == 200, name
        found.extend(faults(page, answer, name))

    give = scene.page("give-task", scene.dispatch.pk)
    look("tasks-empty", scene.lead, reverse("referrals:tasks"))
    look("give", scene.lead, give)
    look("give-wrong", scene.lead, give, {})
    task, other = scene.ask(scene.colleague), scene.ask()
    within(do=lambda: task.changed(due=timezone.now() - timedelta(days=4)), by=Agent.OPERATOR, now=timezone.now())
    look("tasks", scene.lead, reverse("referrals:tasks"))
    for name in ("finish-task", "hand-task", "take-back-task"):
        look(name, scene.boss, scene.page(name, other.pk))
        look(f"{name}-wrong", scene.boss, scene.page(name, other.pk), {})
    look("finish-not-mine", scene.lead, scene.page("finish-task", task.pk))
    for user in (scene.lead, scene.colleague, scene.boss):
        look("home", user, HOME)
        look("referral", user, scene.at)
    look("print", scene.lead, reverse("desk:referral-print", args=[scene.referral.pk]))
    assert found == []
