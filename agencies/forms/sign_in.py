"""What somebody types to sign in."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """The library's form in the words of every other page, and without a second label inside each box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address, password = self.fields["login"], self.fields["password"]
        address.label = _("E-mail address")
        invalid = _("Enter an e-mail address, like name@example.com")
        address.error_messages |= {"required": _("Enter your e-mail address"), "invalid": invalid}
        password.error_messages |= {"required": _("Enter your password")}
        for field in (address, password):
            field.widget.attrs.pop("placeholder", None)
