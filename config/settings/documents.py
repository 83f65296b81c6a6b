"""Uploaded files: how they arrive, where they lie sealed, and who scans them."""

from typing import Any

from config.environment import LOCAL, number, secret, text
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


def in_bucket(name: str, *, of: str = "DOCUMENTS", folder: str = "") -> dict[str, Any]:
    """Django's words for a bucket of S3-compatible storage, as the variables of the environment that begin so tell."""
    from botocore.config import Config  # slow to import: by those alone who name a bucket

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "location": folder,
            "endpoint_url": text(f"{of}_ENDPOINT") or None,
            "region_name": text(f"{of}_REGION") or None,
            "access_key": secret(f"{of}_ACCESS_KEY"),
            "secret_key": secret(f"{of}_SECRET_KEY"),
            "default_acl": None,
            "file_overwrite": False,
            "gzip": False,
            # Whoever uploads waits no longer than this for a storage that is away: the form goes on without the file.
            "client_config": Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2}),
        },
    }


STORAGES["documents"] = in_bucket(DOCUMENTS_BUCKET) if DOCUMENTS_BUCKET else _FOLDER

# clamd: `unix:/run/clamav/clamd.ctl`, as Debian's package listens, or `host:port`.
CLAMD = text("CLAMD", "unix:/run/clamav/clamd.ctl")

# Lines of an export that are written at once. Between two such pieces it is asked again whether whoever wants them may
# have them: no more than are written within a second.
EXPORT_ROWS = number("EXPORT_ROWS", 200)
