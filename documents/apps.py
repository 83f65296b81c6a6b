"""The room "documents": files, from the moment they arrive to the download."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
