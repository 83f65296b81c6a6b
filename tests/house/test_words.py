"""What the house says: every event and e-mail has its words, and none of them tells of a person."""

import ast
import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import get_template
from django.utils import timezone, translation

from agencies.delivery import message_for
from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from config.environment import CLONE
from desk.timeline import timeline
from referrals.selectors import dispatches
from tests.house.rooms import called, calls, sources
from tests.making import submitted

DETAILS = {
    "reference": "K7QM-3XWP",
    "link": "https://casework.example/x/",
    "minutes": 15,
    "held": 680,
    "groups": 1,
    "immediate": 4,
}
# What one line of a digest may say, and how many lines there are.
LINE = {"reference": "K7QM-3XWP", "agency": "Hollybrook", "due": "19", "sent": "18", "link": "https://a.example/"}
DIGEST = {"count": 3, "page": "https://casework.example/y/", "agency": [LINE], "supervisor": [LINE], "desk": [LINE]}
PERSONAL = {"name": "Tomasz", "given_names": "Tomasz", "concern": "admires", "address": "1 Mill Lane", "code": "ABCD"}
LOGGING = {"debug", "info", "warning", "error", "critical", "exception"}
# What a log line may be told: ids, kinds, counts. Of an exception config.logs keeps the type and the places.
SAYABLE = {
    "id", "row", "task", "error", "dispatch", "agency", "page", "method", "status", "ms", "exc_info",
}  # fmt: skip


@pytest.mark.usefixtures("db", "on_record")
@pytest.mark.parametrize("kind", Event)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_event_has_a_sentence_in_the_timeline(kind, language):
    referral = submitted()
    sent = dispatches(referral)
    of_dispatch = kind in {Event.DISPATCH_ACKNOWLEDGED, Event.DISPATCH_ASSIGNED}
    EventRecord.objects.create(
        kind=kind,
        object_type="x",
        object_id=sent[0].pk if of_dispatch else referral.pk,
        actor=Agent.OPERATOR.pk,
        happened=datetime(2030, 1, 1, tzinfo=timezone.get_default_timezone()),
        ids={"to": str(uuid4())},
    )
    with translation.override(language):
        newest = timeline(referral, sent, [])[0]
    assert newest.what.endswith(".")
    assert newest.who


@pytest.mark.usefixtures("db", "on_record")
def test_an_event_without_a_sentence_would_be_noticed():
    referral = submitted()
    known = EventRecord.objects.get(object_id=referral.pk)
    EventRecord.objects.create(
        kind="something_else", object_type="", object_id=referral.pk, actor=known.actor, happened=known.happened
    )
    with pytest.raises(ValueError, match="something_else"):
        timeline(referral, dispatches(referral), [])


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_e_mail_says_reference_link_and_minutes_only(kind, language, settings):
    told = {**DETAILS, **DIGEST, **PERSONAL}
    notice = Notice(kind=kind, address="desk@agencies.example", language=language, details=told)
    message: Any = message_for(notice)
    assert message.subject
    assert "\n" not in message.subject
    assert message.body.strip()
    for secret in PERSONAL.values():
        assert secret not in message.subject + message.body
    empty: Any = message_for(Notice(kind=kind, address="x@agencies.example", language=language, details={}))
    words, own = (set(re.findall(r"[^\s,:]+(?:://\S+)?", f"{each.subject} {each.body}")) for each in (message, empty))
    sayable = {*map(str, DETAILS.values()), *map(str, LINE.values()), *map(str, DIGEST.values())}
    if kind != NoticeKind.OVERDUE:  # which has sentences of its own for each kind of line
        assert words - own <= sayable
    assert not re.search(r"\{\{|\}\}|\{%|&#|&quot;|&amp;", message.body)


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_template_of_an_e_mail_names_no_other_variable(kind):
    text = (CLONE / "templates" / "emails" / f"{kind}.txt").read_text()
    used = set(re.findall(r"\{\{\s*([\w.]+)", text))
    lines = {f"line.{name}" for name in LINE} if "{% for line in" in text else set()
    assert used <= {*DETAILS, *DIGEST, *lines, *(name.removeprefix("line.") for name in lines)}
    assert get_template(f"emails/{kind}.txt")


def test_every_e_mail_template_is_of_a_kind():
    assert {path.stem for path in (CLONE / "templates" / "emails").glob("*")} == set(NoticeKind.values)


def test_log_lines_are_told_ids_only():
    seen = 0
    for path, text in sources():
        if "structlog" not in text and "getLogger" not in text:
            continue
        for call in calls(text):
            owner = getattr(getattr(call.func, "value", None), "id", "")
            if owner not in {"log", "logger"} or called(call) not in LOGGING:
                continue
            seen += 1
            assert len(call.args) == 1, f"{path}:{call.lineno}: one constant word, no formatting"
            assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"
            told = {keyword.arg for keyword in call.keywords}
            assert told <= SAYABLE, f"{path}:{call.lineno} tells {told - SAYABLE}"
    assert seen >= 3


def test_nothing_is_printed_but_by_commands():
    for path, text in sources():
        if path.parts[0] in {"benchmarks", "config"} or "commands" in path.parts:
            continue
        assert "print" not in {called(call) for call in calls(text) if isinstance(call.func, ast.Name)}, path
