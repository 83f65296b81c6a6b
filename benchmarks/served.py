"""The settings of the house under measurement: as in life, and one page more, which writes the same rows by hand."""

from config.settings import *  # noqa: F403  # settings are names of a module

ROOT_URLCONF = "benchmarks.raw_page"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
