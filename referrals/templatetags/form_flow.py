"""Addresses inside the form, at either entrance."""

from django import template

from referrals.models import Draft
from referrals.views.entrance import Entrance

register = template.Library()


@register.simple_tag
def change_link(entrance: Entrance, draft: Draft, slug: str) -> str:
    """The page of an answer, leading back to check-your-answers."""
    return entrance.question_url(draft.pk, slug, changing=True)
