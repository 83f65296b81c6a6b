"""A cookie that names no session we can have given is none, and costs nobody a page."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("key", ['"' + r"\000" * 9 + '"', '"' + r"\377" * 9 + '"', "a-b-c-d-e-f", ""])
@pytest.mark.parametrize("path", ["/", "/casework/", "/casework/sign-in/"])
def test_a_key_that_cannot_be_is_no_session(client, path, key):
    assert client.get(path, headers={"Cookie": f"session={key}"}).status_code in {200, 302}
