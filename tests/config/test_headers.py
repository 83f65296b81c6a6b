"""What browsers are told about every page."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

PAGES = ["/", "/healthz", "/casework/sign-in/", "/no-such-page/"]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_runs_anything_inline_or_from_elsewhere(client, page):
    policy = client.get(page)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    for directive in policy.split("; "):
        assert set(directive.split()[1:]) <= {"'self'", "'none'"}, directive


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_stored_framed_or_sniffed(client, page):
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Request-ID"]


def test_passwords_are_hashed_by_argon2_first():
    from config.settings import sign_in

    assert sign_in.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.DEBUG is False
