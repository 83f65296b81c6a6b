"""Outgoing mail by SMTP or GOV.UK Notify. Mail carries a reference and a link, never a name."""

from django.core.exceptions import ImproperlyConfigured

from config.environment import flag, listed, number, secret, text

MAIL_CHANNEL = text("MAIL_CHANNEL", "smtp")
if MAIL_CHANNEL not in {"smtp", "notify"}:
    raise ImproperlyConfigured("MAIL_CHANNEL must be smtp or notify.")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "no-reply@prevent.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# GOV.UK Notify: "kind:template id" pairs, "kind.cy:template id" for one in Welsh; and the bearer token, or two while
# one replaces the other, with which it calls /notify/receipts/.
NOTIFY_API_KEY = secret("NOTIFY_API_KEY") if MAIL_CHANNEL == "notify" else text("NOTIFY_API_KEY")
NOTIFY_BASE_URL = text("NOTIFY_BASE_URL", "https://api.notifications.service.gov.uk")
NOTIFY_TEMPLATES = dict(pair.split(":", 1) for pair in listed("NOTIFY_TEMPLATES") if ":" in pair)
NOTIFY_CALLBACK_TOKENS = listed("NOTIFY_CALLBACK_TOKENS")

# Immediate danger: minutes between alerts to a duty contact until somebody takes receipt (a local target).
IMMEDIATE_ALERT_MINUTES = number("IMMEDIATE_ALERT_MINUTES", 15)
# Hours in which the officer responsible for allegations against staff decides what must be done (a local target).
ALLEGATION_TASK_HOURS = number("ALLEGATION_TASK_HOURS", 24)
