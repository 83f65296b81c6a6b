"""What the page for Northern Ireland needs in the middle of a form, at either entrance."""

from referrals.form import PLACE_PAGES, form_of
from referrals.models import Draft
from referrals.views.entrance import Entrance


def outside_context(entrance: Entrance, draft: Draft) -> dict[str, object]:
    """The way back to the page that asked where the person lives."""
    path = form_of(draft.form_version).path(draft.answers)
    slug = next(page.slug for page in path if page.slug in PLACE_PAGES)
    return {
        "layout": entrance.layout,
        "draft": draft,
        "back_url": entrance.question_url(draft.pk, slug, changing=True),
    }
