"""English for now; UTC in the database, Europe/London for people."""

from django.utils.translation import gettext_lazy as _

from config.environment import CLONE

LANGUAGE_CODE = "en"
# Welsh joins when every public page has it: half a translation would be marked as Welsh to screen readers.
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [CLONE / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]  # "21 November 2026", also in English
TIME_ZONE = "Europe/London"
