"""Outgoing mail by SMTP. Mail carries a reference and a link, never a name."""

from config.environment import flag, number, text

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "no-reply@prevent.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Immediate danger: minutes between alerts to a duty contact until somebody takes receipt (a local target).
IMMEDIATE_ALERT_MINUTES = number("IMMEDIATE_ALERT_MINUTES", 15)
