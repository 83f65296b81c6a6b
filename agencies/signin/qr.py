"""The picture by which an authenticator app takes a secret."""

from urllib.parse import quote, urlencode

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from agencies.models import User

ISSUER = "Prevent casework"


def picture_of(user: User, secret: str) -> SafeString:
    """An SVG of black squares, which names the account as the app will."""
    address = f"otpauth://totp/{quote(f'{ISSUER}:{user.email}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}"
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=4)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308  # nosec B308  # paths, no words
