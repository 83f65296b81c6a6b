"""As in production, but passwords are hashed quickly and mail stays in memory unless a test wants SMTP."""

import os

from config.settings import *
from config.settings import CACHES
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS as TRANSPORT

# Several test processes share one broker without seeing each other's tasks.
TEST_PREFIX = os.environ.get("TEST_PREFIX", "test-")
CACHES["default"]["KEY_PREFIX"] = TEST_PREFIX
TRANSPORT["global_keyprefix"] = TEST_PREFIX

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files straight from their sources: nothing needs collecting before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
