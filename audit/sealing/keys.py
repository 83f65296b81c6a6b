"""The keys of this ledger, from the settings. Read when they are needed: only whoever seals has the one that signs."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from audit.sealing.note import Malformed, NotSigned, Signer, Verifier, open_checkpoint


def signer() -> Signer:
    """The key that signs this ledger's checkpoints.

    Raises:
        ImproperlyConfigured: the settings do not name one, or it cannot be read. The message holds nothing of it.
    """
    for name in ("LEDGER_SIGNING_KEY", "LEDGER_ORIGIN"):
        if not getattr(settings, name):
            raise ImproperlyConfigured(f"{name} is not set: whoever seals the ledger needs it.")
    try:
        return Signer(settings.LEDGER_ORIGIN, settings.LEDGER_SIGNING_KEY)
    except Malformed as fault:
        raise ImproperlyConfigured(f"LEDGER_SIGNING_KEY or LEDGER_ORIGIN cannot be used. {fault}") from None


def verifiers() -> list[Verifier]:
    """The public keys whose checkpoints are believed: those of LEDGER_PUBLIC_KEYS, and that of the signing key.

    Raises:
        ImproperlyConfigured: one of them cannot be read.
    """
    own = [signer().verifier_key] if settings.LEDGER_SIGNING_KEY else []
    try:
        return [Verifier(key) for key in [*own, *settings.LEDGER_PUBLIC_KEYS]]
    except Malformed as fault:
        raise ImproperlyConfigured(f"LEDGER_PUBLIC_KEYS cannot be used. {fault}") from None


def public_key_of(note: str) -> str:
    """The key that has signed a checkpoint: just after another signing key was set, that is a former one.

    Raises:
        ImproperlyConfigured: the settings do not name it, or a key cannot be read.
    """
    known = verifiers()
    if not known:
        raise ImproperlyConfigured(
            "Neither LEDGER_SIGNING_KEY nor LEDGER_PUBLIC_KEYS is set: a proof names the public key of its checkpoint. "
            "`manage.py audit_public_key` prints it where the ledger is sealed."
        )
    for each in known:
        try:
            open_checkpoint(note, [each])
        except NotSigned:
            continue
        return each.text
    raise ImproperlyConfigured("The newest checkpoint was signed by a former key: LEDGER_PUBLIC_KEYS does not name it.")
