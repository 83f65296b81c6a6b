"""Fields in which something is written: inputs, textareas, passwords; and file uploads."""

from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.components.describing import joined
from config.form_groups.common import Params, look_of, title, width_class

# By the names of the Unicode CLDR, besides "one" and "other". After a number a Welsh noun stays in the singular.
PLURAL_FORMS = {"cy": ("zero", "two", "few", "many")}


def text_parameters(bound: BoundField) -> Params:
    """The parameters of a single-line input."""
    widget, look = bound.field.widget, look_of(bound)
    kind = getattr(widget, "input_type", "text")
    result: Params = {
        "label": title(bound, "govuk-label"),
        "type": "text" if kind == "number" else kind,
        "value": widget.format_value(bound.value()),
        "classes": joined(widget.attrs.get("class"), width_class(look.width)),
        "autocomplete": widget.attrs.get("autocomplete") or {"email": "email", "tel": "tel"}.get(kind, ""),
        "inputmode": widget.attrs.get("inputmode") or ("numeric" if kind == "number" else ""),
        "spellcheck": widget.attrs.get("spellcheck", False if kind == "email" else ""),
    }
    for side, text in (("prefix", look.prefix), ("suffix", look.suffix)):
        if text:
            result[side] = {"text": text}
    return result


def password(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A password with its button to show it; never filled in again."""
    return "password-input", common | {
        "label": title(bound, "govuk-label"),
        "autocomplete": bound.field.widget.attrs.get("autocomplete"),
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def textarea(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A textarea; where the field has a greatest length, one that counts characters."""
    rows = str(bound.field.widget.attrs.get("rows", ""))
    parameters = common | {
        "label": title(bound, "govuk-label"),
        "value": bound.field.widget.format_value(bound.value()) or "",
        "rows": "" if rows == "10" else rows,  # 10 is Django's own, 5 the design system's
        "spellcheck": bound.field.widget.attrs.get("spellcheck", ""),
    }
    limit = getattr(bound.field, "max_length", None)
    return ("character-count", parameters | counting(limit)) if limit else ("textarea", parameters)


def counting(limit: int) -> Params:
    """The words of a character count, in the reader's language, shown when three quarters are used.

    The browser chooses the plural form; it looks for each that the language has, which are six in Welsh.
    """
    remaining = {
        "one": _("You have %{count} character remaining"),
        "other": _("You have %{count} characters remaining"),
    }
    too_many = {"one": _("You have %{count} character too many"), "other": _("You have %{count} characters too many")}
    return {
        "maxlength": limit,
        "threshold": "75",
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersUnderLimitText": in_every_form(remaining),
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersOverLimitText": in_every_form(too_many),
    }


def in_every_form(words: dict[str, str]) -> dict[str, str]:
    """Words for one and for other numbers, with all plural forms that the reader's language has."""
    return dict.fromkeys(PLURAL_FORMS.get(get_language() or "", ()), words["other"]) | words


def upload(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A file upload, as browsers show it: the official script for it fails axe's label-content-name-mismatch."""
    several = bool(getattr(bound.field.widget, "allow_multiple_selected", False))
    return "file-upload", common | {
        "label": title(bound, "govuk-label"),
        "multiple": several,
    }
