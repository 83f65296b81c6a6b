"""Keys for a developer's machine, made once for this clone and readable by nobody else."""

import base64
import os
import secrets

from config.environment import LOCAL, SECRETS


def make_secrets() -> None:
    """Write `.local/secrets.env` unless it is there. Two processes at once leave one file."""
    if SECRETS.exists():
        return
    LOCAL.mkdir(mode=0o755, exist_ok=True)
    made = {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATA_KEY_WRAPPING_KEYS": "development:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "CONTACT_CODE_KEY": secrets.token_urlsafe(32),
    }
    draft = SECRETS.with_name(f"secrets.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("# For development on this machine only. Whoever loses them loses what was encrypted.\n")
        file.writelines(f"{name}={value}\n" for name, value in made.items())
    try:
        os.link(draft, SECRETS)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
