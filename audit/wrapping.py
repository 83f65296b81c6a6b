"""Wrapping of data keys by a key-encryption key from the environment.

`DATA_KEY_WRAPPING_KEYS` is "id:base64,id:base64"; the first wraps, all unwrap, so a new one can be
put in front without losing what older ones wrapped.
"""

import base64
import os
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE = 12


@lru_cache(maxsize=4)
def _wrapping_keys(setting: str) -> dict[str, bytes]:
    pairs = (part.strip().partition(":") for part in setting.split(",") if part.strip())
    keys = {name: base64.b64decode(text) for name, _, text in pairs}
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("DATA_KEY_WRAPPING_KEYS must be id:base64 pairs of 32-byte keys.")
    return keys


def wrap(key: bytes, *, subject: UUID) -> tuple[str, bytes]:
    """Wrap a 32-byte data key. Returns (id of the wrapping key, nonce + ciphertext)."""
    name, wrapping_key = next(iter(_wrapping_keys(settings.DATA_KEY_WRAPPING_KEYS).items()))
    return name, encrypt(wrapping_key, key, bound_to=f"data-key:{subject}")


def unwrap(name: str, wrapped: bytes, *, subject: UUID) -> bytes:
    """The data key. Raises KeyError for an unknown wrapping key, InvalidTag if it was tampered with."""
    wrapping_key = _wrapping_keys(settings.DATA_KEY_WRAPPING_KEYS)[name]
    return decrypt(wrapping_key, wrapped, bound_to=f"data-key:{subject}")


def encrypt(key: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """AES-256-GCM under a fresh 96-bit nonce; `bound_to` is authenticated: the text opens nowhere else."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def decrypt(key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """Undo `encrypt`. Raises cryptography.exceptions.InvalidTag if any bit or the place differs."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
