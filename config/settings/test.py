"""As in production, but passwords are hashed quickly and mail stays in memory unless a test wants SMTP."""

import os
import tempfile
from pathlib import Path

from config.settings import *
from config.settings import CACHES, MIDDLEWARE, STORAGES
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS as TRANSPORT

# Several test processes share one broker without seeing each other's tasks.
TEST_PREFIX = os.environ.get("TEST_PREFIX", "test-") + os.environ.get("PYTEST_XDIST_WORKER", "")
CACHES["default"]["KEY_PREFIX"] = TEST_PREFIX
TRANSPORT["global_keyprefix"] = TEST_PREFIX

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A folder for each test process, which tests/conftest.py removes; and a scanner that is not there, unless a test
# starts one.
DOCUMENTS_FOLDER = str(Path(tempfile.gettempdir()) / f"{TEST_PREFIX}documents")
STORAGES["documents"]["OPTIONS"]["location"] = DOCUMENTS_FOLDER
# Checkpoints likewise: no test may meet those of another ledger.
LEDGER_CHECKPOINTS = os.environ.get("LEDGER_CHECKPOINTS") or Path(f"{DOCUMENTS_FOLDER}-checkpoints").as_uri()
CLAMD = os.environ.get("CLAMD", f"unix:{DOCUMENTS_FOLDER}/no-scanner")
# Everybody has said already why they look: the tests that are about that put this back (tests/referrals/looking.py).
ASKS_FOR_A_PURPOSE = "referrals.purposes.PurposeMiddleware"
MIDDLEWARE = [each for each in MIDDLEWARE if each != ASKS_FOR_A_PURPOSE]
# Static files straight from their sources: nothing needs collecting before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
