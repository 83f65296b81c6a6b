"""For the processes that tests start: the test settings, but mail goes out by SMTP as in life."""

from config.settings.test import *

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
