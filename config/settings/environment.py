"""Where this installation stands: its addresses, which surface it serves, whether it is a demonstration."""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import LOCAL, flag, in_production, is_loopback, listed, text

# Debugging pages show settings and local variables, that is personal data: there is no switch for them.
DEBUG: Final = False

PUBLIC_BASE_URL = text("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CASEWORK_BASE_URL = text("CASEWORK_BASE_URL", PUBLIC_BASE_URL).rstrip("/")
HTTPS = PUBLIC_BASE_URL.startswith("https://") and CASEWORK_BASE_URL.startswith("https://")

SURFACE = text("SURFACE", "both")
if SURFACE not in {"public", "casework", "both"}:
    raise ImproperlyConfigured("SURFACE must be public, casework or both.")
ROOT_URLCONF = f"config.urls.{SURFACE}"
WSGI_APPLICATION = "config.wsgi.application"

# A database of production is never seeded: what is on its ledger cannot be taken off again.
PRODUCTION = in_production()

DEMO = flag("DEMO")
if DEMO and not (is_loopback(PUBLIC_BASE_URL) and is_loopback(CASEWORK_BASE_URL)):
    raise ImproperlyConfigured("DEMO=1 lets anybody sign in, so it is refused unless PUBLIC_BASE_URL is on loopback.")

# The database was started by us for this clone: only such a one may be filled with a demonstration.
EMBEDDED_DATABASE = flag("EMBEDDED_DATABASE")

# GOV.UK's crown and GDS Transport may be used on service.gov.uk only.
GOVUK_BRAND = flag("GOVUK_BRAND")

# Where "Exit this page" leads: a page that raises no questions.
EXIT_PAGE_URL = text("EXIT_PAGE_URL", "https://www.bbc.co.uk/weather")

# Who answers questions about this website; shown on the accessibility statement and the privacy notice.
SERVICE_CONTACT_EMAIL = text("SERVICE_CONTACT_EMAIL", "help@prevent.example")

# Browsers offer passkeys at "localhost", not at a number: in the demonstration they can be tried there.
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or sorted(
    {urlsplit(url).hostname or "" for url in (PUBLIC_BASE_URL, CASEWORK_BASE_URL)} | ({"localhost"} if DEMO else set())
)
CSRF_TRUSTED_ORIGINS = sorted({PUBLIC_BASE_URL, CASEWORK_BASE_URL})

# Made by `manage.py pack_postcodes`.
POSTCODES_FILE = text("POSTCODES_FILE", str(LOCAL / "postcodes.bin"))
