"""A wrapping key that never leaves its key management service: one that speaks AWS's protocol."""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Calls that may be under way beside each other, each on a connection of its own.
AT_ONCE = 16


@dataclass(frozen=True)
class InService:
    """A key of the service, by its own id."""

    key_id: str
    at_once: int = AT_ONCE

    def wrap(self, key: bytes, *, subject: UUID) -> bytes:
        """The service's ciphertext. Raises ClientError or BotoCoreError where it refuses or does not answer."""
        answer = _service().encrypt(KeyId=self.key_id, Plaintext=key, EncryptionContext=_context(subject))
        wrapped: bytes = answer["CiphertextBlob"]
        return wrapped

    def unwrap(self, wrapped: bytes, *, subject: UUID) -> bytes:
        """The data key. Raises InvalidTag for another subject or a changed bit, else as `wrap` does."""
        service = _service()
        try:
            answer = service.decrypt(KeyId=self.key_id, CiphertextBlob=wrapped, EncryptionContext=_context(subject))
        except service.exceptions.InvalidCiphertextException:
            raise InvalidTag from None
        key: bytes = answer["Plaintext"]
        return key


def in_service(key_id: str) -> InService:
    """The key that `kms:<key_id>` names. Raises ImproperlyConfigured for a name that may come to mean another key."""
    if not key_id or len(key_id) > 60 or key_id.startswith("alias/"):
        raise ImproperlyConfigured(
            "DATA_KEY_WRAPPING_KEYS names a key of a KMS by its id: kms:<key id>, no alias or ARN."
        )
    return InService(key_id)


def _context(subject: UUID) -> dict[str, str]:
    """What the service authenticates beside the key, and writes into its own log: an id, which says nothing there."""
    return {"data-key": str(subject)}


def _service() -> Any:
    told = (settings.KMS_ENDPOINT, settings.KMS_REGION, settings.KMS_ACCESS_KEY, settings.KMS_SECRET_KEY)
    return _client(os.getpid(), *(text or None for text in told))


@lru_cache(maxsize=2)
def _client(process: int, endpoint: str | None, region: str | None, key: str | None, secret: str | None) -> Any:
    """One client a process, whose threads share it: a forked one must not use its parent's connections."""
    from botocore.config import Config  # slow to import: by those alone who use a service
    from botocore.session import get_session

    return get_session().create_client(
        "kms",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(
            connect_timeout=2,
            read_timeout=3,
            max_pool_connections=AT_ONCE,
            retries={"total_max_attempts": 2, "mode": "standard"},
        ),
    )
