"""Uploaded files: how they arrive, where they lie sealed, and who scans them."""

from typing import Any

from config.environment import LOCAL, secret, text
from config.settings.pages import STORAGES

FILE_UPLOAD_HANDLERS = ["documents.receiving.Receiver"]

# Sealed files lie in a folder that all nodes share, or in S3-compatible storage where a bucket is named.
DOCUMENTS_FOLDER = text("DOCUMENTS_FOLDER", str(LOCAL / "documents"))
DOCUMENTS_BUCKET = text("DOCUMENTS_BUCKET")

_FOLDER: dict[str, Any] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": DOCUMENTS_FOLDER,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}


def _bucket() -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": DOCUMENTS_BUCKET,
            "endpoint_url": text("DOCUMENTS_ENDPOINT") or None,
            "region_name": text("DOCUMENTS_REGION") or None,
            "access_key": secret("DOCUMENTS_ACCESS_KEY"),
            "secret_key": secret("DOCUMENTS_SECRET_KEY"),
            "default_acl": None,
            "file_overwrite": False,
            "gzip": False,
        },
    }


STORAGES["documents"] = _bucket() if DOCUMENTS_BUCKET else _FOLDER

# clamd: `unix:/run/clamav/clamd.ctl`, as Debian's package listens, or `host:port`.
CLAMD = text("CLAMD", "unix:/run/clamav/clamd.ctl")
