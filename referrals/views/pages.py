"""Public pages that only explain."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from agencies.access import public, require_safe

RIGHTS = (
    (_("See it"), _("You can have a copy of what is held about you.")),
    (_("Correct it"), _("You can have what is wrong put right, or your own account put beside it.")),
    (
        _("Object"),
        _("You can say that it should not be used. They must stop unless they show a strong reason."),
    ),
    (
        _("Have it deleted or locked away"),
        _("They must delete what they may not hold. If it is disputed, or needed as evidence, it is locked instead."),
    ),
    (_("Complain"), _("You can complain about what was done, and you must be told how.")),
)


@public
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The page of that name: `templates/pages/<name>.html`. Names come from the URLs, never from the reader."""
    return render(request, f"pages/{name}.html", {"contact": settings.SERVICE_CONTACT_EMAIL, "rights": RIGHTS})
