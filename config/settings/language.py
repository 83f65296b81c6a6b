"""English and Welsh for the public, English for casework; UTC in the database, Europe/London for people."""

from config.environment import CLONE

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]  # each called by its own name, in either language
LOCALE_PATHS = [CLONE / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]  # "21 November 2026", also in English
TIME_ZONE = "Europe/London"
