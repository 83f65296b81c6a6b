"""Templates, forms and static files."""

from pathlib import Path
from typing import Any

from config.environment import CLONE, LOCAL, text

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CLONE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [f"config.templatetags.{name}" for name in ("components", "markup", "pages")],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.installation",
            ],
        },
    }
]
FORM_RENDERER = "config.renderer.GovukRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would lie on the reader's disk

# How the service calls itself to the public; empty for its ordinary, translated name.
SERVICE_NAME = text("SERVICE_NAME")

# PDFs: their look, and the fonts of many scripts that npm brings. Neither is ever served.
PAPER_TEMPLATE = CLONE / "templates" / "pdf" / "paper.typ"
FONTS_FOLDER = Path(text("FONTS_FOLDER", str(CLONE / "node_modules" / "@expo-google-fonts")))

STATIC_URL = "/static/"
STATIC_ROOT = text("STATIC_ROOT", str(LOCAL / "collected"))
# Our own sources, and what `make assets` has compiled.
STATICFILES_DIRS = [folder for folder in (CLONE / "static", LOCAL / "assets") if folder.is_dir()]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}
WHITENOISE_MAX_AGE = 300
