"""Secrets: from the environment, or from `.local/secrets.env` on a developer's machine."""

from config.environment import listed, secret, text

SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")

# "id:base64 of 32 bytes" or "kms:<key id>", separated by commas: the first wraps data keys, the others unwrap old ones.
DATA_KEY_WRAPPING_KEYS = secret("DATA_KEY_WRAPPING_KEYS")

# A key management service that speaks AWS's protocol. What is left out botocore finds in its own way: the region's own
# address, the role of the machine.
KMS_ENDPOINT = text("KMS_ENDPOINT")
KMS_REGION = text("KMS_REGION")
KMS_ACCESS_KEY = text("KMS_ACCESS_KEY")
KMS_SECRET_KEY = text("KMS_SECRET_KEY")

# Codes that referrers speak or type are kept as an HMAC under this key only; persons are found by address, telephone,
# e-mail and school as an HMAC under one derived from it (`manage.py build_facts` keeps them anew under another key).
CONTACT_CODE_KEY = secret("CONTACT_CODE_KEY")

# What was searched for stands in the ledger as an HMAC under the first; all are asked (audit/terms.py).
SEARCH_TERM_KEYS = secret("SEARCH_TERM_KEYS")
