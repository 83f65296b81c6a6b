"""Components in which something is written: input, textarea with its count, password; and the file upload."""

from typing import Any

from django.utils.translation import gettext as _

from config.components.describing import Params, joined, translations, with_label


def text_input(params: Params) -> dict[str, Any]:
    """An input, wrapped when something stands before or after it."""
    group = params.get("formGroup") or {}
    beside = [params.get("prefix"), params.get("suffix"), group.get("beforeInput"), group.get("afterInput")]
    wrapped = any(part and (part.get("text") or part.get("html")) for part in beside)
    return with_label(params) | {"wrapped": wrapped}


def file_upload(params: Params) -> dict[str, Any]:
    """A file upload and the words of its script."""
    return with_label(params) | {
        "i18n": translations(
            params,
            {
                "choose-files-button": "chooseFilesButtonText",
                "no-file-chosen": "noFileChosenText",
                "multiple-files-chosen": "multipleFilesChosenText",
                "drop-instruction": "dropInstructionText",
                "entered-drop-zone": "enteredDropZoneText",
                "left-drop-zone": "leftDropZoneText",
            },
        )
    }


def character_count(params: Params) -> dict[str, Any]:
    """A textarea and the message that counts down."""
    stem = params.get("id") or params.get("name")
    limit = params.get("maxwords") or params.get("maxlength")
    count_type = params.get("countType") or ("words" if params.get("maxwords") else "")
    unit = (
        _("You can enter up to %{count} words")
        if count_type == "words"
        else _("You can enter up to %{count} characters")
    )
    text = params.get("textareaDescriptionText") or unit
    group = params.get("formGroup") or {}
    given = {
        "data-maxlength": params.get("maxlength"),
        "data-maxwords": params.get("maxwords"),
        "data-threshold": params.get("threshold"),
        "data-count-type": count_type,
    }
    attributes: dict[str, Any] = {"data-module": "govuk-character-count"}
    attributes |= {key: value for key, value in given.items() if value not in ("", None, False)}
    if not limit and params.get("textareaDescriptionText"):
        attributes["data-i18n.textarea-description.other"] = params["textareaDescriptionText"]
    attributes |= translations(
        params,
        {
            "characters-under-limit": "charactersUnderLimitText",
            "characters-at-limit": "charactersAtLimitText",
            "characters-over-limit": "charactersOverLimitText",
            "words-under-limit": "wordsUnderLimitText",
            "words-at-limit": "wordsAtLimitText",
            "words-over-limit": "wordsOverLimitText",
        },
    )
    message = {
        "text": str(text).replace("%{count}", str(limit)) if limit else "",
        "id": f"{stem}-info",
        "classes": joined("govuk-character-count__message", (params.get("countMessage") or {}).get("classes")),
    }
    prepared = with_label({**params, "describedBy": f"{stem}-info"})
    return {
        **prepared,
        "classes": joined("govuk-js-character-count", params.get("classes")),
        "countMessage": message,
        "formGroup": {
            **group,
            "classes": joined("govuk-character-count", group.get("classes")),
            "attributes": {**attributes, **(group.get("attributes") or {})},
        },
    }


def given_classes(params: Params, part: str) -> str:
    """The further class names that were given for a part of a component."""
    return (params.get(part) or {}).get("classes") or ""


def password_input(params: Params) -> dict[str, Any]:
    """An input and the button that shows what was typed."""
    group = params.get("formGroup") or {}
    attributes = {"data-module": "govuk-password-input"} | translations(
        params,
        {
            "show-password": "showPasswordText",
            "hide-password": "hidePasswordText",
            "show-password-aria-label": "showPasswordAriaLabelText",
            "hide-password-aria-label": "hidePasswordAriaLabelText",
            "password-shown-announcement": "passwordShownAnnouncementText",
            "password-hidden-announcement": "passwordHiddenAnnouncementText",
        },
    )
    stem = params.get("id") or params.get("name")
    toggle = {
        "type": "button",
        "classes": joined(
            "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
            given_classes(params, "button"),
        ),
        "text": params.get("showPasswordText") or _("Show"),
        "attributes": {
            "aria-controls": stem,
            "aria-label": params.get("showPasswordAriaLabelText") or _("Show password"),
            "hidden": {"value": True, "optional": True},
        },
    }
    return with_label(params) | {
        "formGroup": {
            **group,
            "classes": joined("govuk-password-input", group.get("classes")),
            "attributes": {**attributes, **(group.get("attributes") or {})},
        },
        "inputWrapper": {"classes": "govuk-password-input__wrapper"},
        "classes": joined("govuk-password-input__input govuk-js-password-input-input", params.get("classes")),
        "type": "password",
        "spellcheck": False,
        "autocapitalize": "none",
        "autocomplete": params.get("autocomplete") or "current-password",
        "toggle": toggle,
    }
