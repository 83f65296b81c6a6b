"""In the demonstration nobody needs a telephone: the sign-in page shows the code of its accounts."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings

from agencies.models import User
from agencies.signin.factors import Kind, add_totp, next_code

# Of no account that anybody has set up themselves. It is no secret, and good for fictional data only.
SECRET = "DEMONSTRATIONONLYDEMONSTRATIONON"  # noqa: S105


def give_shown_factor(user: User) -> None:
    """Set up the app whose code the page shows, in the running action."""
    add_totp(user, SECRET)


def code_to_show(user: User) -> str:
    """The code to enter for an account of the demonstration; nothing for any other, and nothing elsewhere."""
    if not settings.DEMO:
        return ""
    app = Authenticator.objects.filter(user=user, type=Kind.TOTP).first()
    return next_code(app) if app and decrypt(app.data["secret"]) == SECRET else ""
