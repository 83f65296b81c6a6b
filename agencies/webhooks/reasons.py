"""Why a call failed, as it is stored and as people read it. `answered:503` stands for a status."""

from django.utils.translation import gettext_lazy as _

ADDRESS_REFUSED, NAME_UNKNOWN, NO_CONNECTION = "address_refused", "name_unknown", "no_connection"
NOT_TRUSTED, TIMED_OUT, REDIRECTED, GONE = "not_trusted", "timed_out", "redirected", "gone"
NO_ANSWER, NO_SECRET = "no_answer", "no_secret"

REASONS = {
    "": "",
    ADDRESS_REFUSED: _("Its address may not be called"),
    NAME_UNKNOWN: _("Its name was not found"),
    NO_CONNECTION: _("No connection"),
    NOT_TRUSTED: _("Its certificate could not be verified"),
    TIMED_OUT: _("No answer in time"),
    NO_ANSWER: _("The answer could not be read"),
    REDIRECTED: _("It redirected elsewhere, which is not followed"),
    GONE: _("It answered that it is gone (410)"),
    NO_SECRET: _("It has no valid secret"),
}
