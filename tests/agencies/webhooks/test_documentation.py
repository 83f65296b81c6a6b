"""What docs/webhooks.md tells those who build a receiver is true: its example is run, its table is whole."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from agencies.tasks import sweep_webhooks
from agencies.webhooks.types import WebhookType
from config.environment import CLONE
from tests.agencies.hearing import event_for, hearing
from tests.receiver import receiving

TEXT = (CLONE / "docs/webhooks.md").read_text()


def example() -> Callable[..., int]:
    """The function in the documentation."""
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    made: Callable[..., int] = names["receive"]
    return made


@pytest.mark.usefixtures("db", "on_record")
def test_the_example_verifies_what_is_sent_fetches_once_and_refuses_what_is_not_ours():
    receive = example()
    seen: set[str] = set()
    fetched: list[str] = []
    with receiving() as receiver:
        row = event_for(hearing(receiver))
        assert sweep_webhooks() == 1
    ((headers, body),) = receiver.calls
    for _try in range(2):
        assert receive(receiver.secret, headers, body, seen, fetched.append) == 204
    assert seen == {str(row.event)}
    assert fetched == [f"http://127.0.0.1:8000/api/v1/referrals/{row.subject}"]
    told = json.dumps({**json.loads(body), "type": "endpoint.test"}).encode()
    assert receive(receiver.secret, headers, told, seen, fetched.append) == 401
    stale = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 600)}
    assert receive(receiver.secret, stale, body, seen, fetched.append) == 401
    assert len(fetched) == 1


def test_every_type_stands_in_the_table():
    assert set(re.findall(r"^\| `([a-z.]+)` \|", TEXT, re.MULTILINE)) == set(WebhookType)


def test_the_message_shown_has_the_parts_of_one_that_is_sent():
    shown = re.search(r'\{"specversion".*?\}', TEXT, re.DOTALL)
    assert shown
    assert json.loads(shown.group()).keys() == {"specversion", "id", "source", "type", "subject"}
