"""Secrets: from the environment, or from `.local/secrets.env` on a developer's machine."""

from config.environment import listed, secret

SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")

# "id:base64 of 32 bytes", separated by commas: the first wraps new data keys, the others unwrap old ones.
DATA_KEY_WRAPPING_KEYS = secret("DATA_KEY_WRAPPING_KEYS")

# Codes that referrers speak or type are kept as an HMAC under this key only.
CONTACT_CODE_KEY = secret("CONTACT_CODE_KEY")
