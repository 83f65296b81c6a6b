"""What components need worked out before their templates are rendered: ids, descriptions, what is checked.

Every function takes the parameters of one component and returns those that its template reads.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Params = Mapping[str, Any]


def joined(*words: Any) -> str:
    """The non-empty `words` with one space between: for `class` and `aria-describedby`."""
    return " ".join(str(word) for word in words if word)


def described(params: Params, stem: str, first: str = "") -> dict[str, Any]:
    """Hint and error message with their ids, and the `describedBy` that names them after `first`."""
    result: dict[str, Any] = {}
    for part, suffix in (("hint", "hint"), ("errorMessage", "error")):
        if params.get(part):
            result[part] = {**params[part], "id": f"{stem}-{suffix}"}
            first = joined(first, f"{stem}-{suffix}")
    return {**result, "describedBy": first}


def with_label(params: Params) -> dict[str, Any]:
    """One control under one label: input, textarea, select, file upload."""
    stem = params.get("id") or params.get("name") or ""
    label = {**(params.get("label") or {}), "for": stem}
    return {**params, "id": stem, "label": label, **described(params, stem, params.get("describedBy") or "")}


def text_input(params: Params) -> dict[str, Any]:
    """An input, wrapped when something stands before or after it."""
    group = params.get("formGroup") or {}
    beside = [params.get("prefix"), params.get("suffix"), group.get("beforeInput"), group.get("afterInput")]
    return with_label(params) | {
        "wrapped": any(part and (part.get("text") or part.get("html")) for part in beside)
    }


def panel(params: Params) -> dict[str, Any]:
    """A panel: its buttons are inverse."""
    actions = params.get("actions") or {}
    items = [
        {
            **item,
            "inverse": {
                "type": "button",
                **item,
                "classes": joined("govuk-button--inverse", item.get("classes")),
            },
        }
        for item in actions.get("items") or ()
    ]
    return {**params, "actions": {**actions, "items": items}} if actions else params


def file_upload(params: Params) -> dict[str, Any]:
    """A file upload and the words of its script."""
    return with_label(params) | {
        "i18n": translations(
            params,
            choose_files_button="chooseFilesButtonText",
            no_file_chosen="noFileChosenText",
            multiple_files_chosen="multipleFilesChosenText",
            drop_instruction="dropInstructionText",
            entered_drop_zone="enteredDropZoneText",
            left_drop_zone="leftDropZoneText",
        )
    }


def choices(params: Params) -> dict[str, Any]:
    """Radios and checkboxes: ids, which are checked, what describes each."""
    stem = params.get("idPrefix") or params.get("name") or ""
    fieldset = params.get("fieldset")
    first = (fieldset or {}).get("describedBy") or params.get("describedBy") or ""
    group = described(params, stem, first)
    chosen = params.get("values") or ([params["value"]] if params.get("value") else [])
    items = []
    for position, item in enumerate(params.get("items") or (), start=1):
        if not item:
            continue
        if item.get("divider"):
            items.append(item)
            continue
        outside = "" if fieldset else group["describedBy"]
        items.append(
            one_choice(item, params, f"{stem}-{position}" if position > 1 else stem, chosen, outside)
        )
    inner = {**params, **group, "idPrefix": stem, "items": items}
    if fieldset:
        inner["fieldset"] = {**fieldset, "describedBy": group["describedBy"]}
    return inner


def one_choice(
    item: Params, params: Params, given_id: str, chosen: Iterable[Any], outside: str
) -> dict[str, Any]:
    """One radio or checkbox of a group whose chosen values are `chosen`."""
    item_id = item.get("id") or given_id
    hint = item.get("hint") or {}
    has_hint = bool(hint.get("text") or hint.get("html"))
    stated = item.get("checked", "")
    conditional = (item.get("conditional") or {}).get("html")
    return {
        **item,
        "id": item_id,
        "name": item.get("name") or params.get("name"),
        "checked": bool(stated) or (stated is not False and item.get("value") in chosen),
        "label": {
            **(item.get("label") or {}),
            "html": item.get("html"),
            "text": item.get("text"),
            "for": item_id,
        },
        "hint": {**hint, "id": f"{item_id}-item-hint"} if has_hint else None,
        "describedBy": joined(outside, f"{item_id}-item-hint" if has_hint else ""),
        "conditional": conditional,
        "conditionalId": f"conditional-{item_id}",
    }


def radios(params: Params) -> dict[str, Any]:
    """Radios: as checkboxes, but without a fieldset nothing describes the single radio."""
    prepared = choices({key: value for key, value in params.items() if key != "describedBy"})
    for item in prepared["items"]:
        if not item.get("divider"):
            item["describedBy"] = item["hint"]["id"] if item["hint"] else ""
    return prepared


def date_input(params: Params) -> dict[str, Any]:
    """Three inputs for day, month and year; when none is named as wrong, an error message marks all."""
    stem = params.get("id") or ""
    fieldset = params.get("fieldset")
    group = described(params, stem, (fieldset or {}).get("describedBy") or "")
    parts = [{"name": part, **(params.get(part) or {})} for part in ("day", "month", "year")]
    asked = [
        part
        for kind, part in zip(("day", "month", "year"), parts, strict=True)
        if params.get(kind) is not False
    ]
    items = [item for item in params.get("items") or asked if item]
    wrong = [item for item in items if is_wrong(item)]
    prepared = [one_date_part(item, params, parts, marks_all=not wrong) for item in items]
    inner = {**params, **group, "items": prepared}
    if fieldset:
        inner["fieldset"] = {**fieldset, "describedBy": group["describedBy"], "role": "group"}
    return inner


def is_wrong(item: Params) -> bool:
    """Whether this part of a date is marked as the wrong one."""
    return bool(item.get("error")) or "govuk-input--error" in (item.get("classes") or "")


def one_date_part(
    item: Params, params: Params, parts: list[dict[str, Any]], *, marks_all: bool
) -> dict[str, Any]:
    """The parameters of the input for one part of a date."""
    name = item.get("name") or ""
    kinds = zip(("day", "month", "year"), parts, strict=True)
    own = next((part for kind, part in kinds if name in (kind, part["name"])), {})
    width = "4" if own is parts[2] else "2"
    classes = item.get("classes") or ""
    error = "govuk-input--error" not in classes and (
        is_wrong(item) or (item.get("error") is not False and params.get("errorMessage") and marks_all)
    )
    full_name = f"{params['namePrefix']}-{name}" if params.get("namePrefix") else name
    values = params.get("values") or {}
    value = (
        item["value"] if "value" in item else own.get("value", values.get(name, values.get(full_name, "")))
    )
    return {
        "label": {"text": item.get("label") or name.capitalize(), "classes": "govuk-date-input__label"},
        "id": item.get("id") or f"{params.get('id')}-{name}",
        "classes": joined(
            "govuk-date-input__input",
            "govuk-input--error" if error else "",
            "" if "govuk-input--width-" in classes else f"govuk-input--width-{width}",
            classes,
        ),
        "name": full_name,
        "value": value,
        "inputmode": item.get("inputmode") or "numeric",
        "autocomplete": item.get("autocomplete"),
        "pattern": item.get("pattern"),
        "attributes": item.get("attributes"),
    }


def select(params: Params) -> dict[str, Any]:
    """A select: which option is selected."""
    value = params.get("value")
    items = []
    for item in params.get("items") or ():
        if item:
            stated = item.get("selected", "")
            effective = item["value"] if "value" in item else item.get("text")
            same = bool(value) and effective == value and stated is not False
            items.append({**item, "selected": bool(stated) or same})
    return {**with_label(params), "items": items}


def translations(params: Params, **keys: str) -> dict[str, Any]:
    """The `data-i18n.*` attributes that carry a component's words to its script; `keys`: attribute -> parameter."""
    result: dict[str, Any] = {}
    for attribute, parameter in keys.items():
        name = f"data-i18n.{attribute.replace('_', '-')}"
        words = params.get(parameter)
        if isinstance(words, Mapping):
            result |= {f"{name}.{rule}": text for rule, text in words.items()}
        elif words:
            result[name] = words
    return result


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
        characters_under_limit="charactersUnderLimitText",
        characters_at_limit="charactersAtLimitText",
        characters_over_limit="charactersOverLimitText",
        words_under_limit="wordsUnderLimitText",
        words_at_limit="wordsAtLimitText",
        words_over_limit="wordsOverLimitText",
    )
    message = {
        "text": str(text).replace("%{count}", str(limit)) if limit else "",
        "id": f"{stem}-info",
        "classes": joined(
            "govuk-character-count__message", (params.get("countMessage") or {}).get("classes")
        ),
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


def password_input(params: Params) -> dict[str, Any]:
    """An input and the button that shows what was typed."""
    group = params.get("formGroup") or {}
    attributes = {"data-module": "govuk-password-input"} | translations(
        params,
        show_password="showPasswordText",
        hide_password="hidePasswordText",
        show_password_aria_label="showPasswordAriaLabelText",
        hide_password_aria_label="hidePasswordAriaLabelText",
        password_shown_announcement="passwordShownAnnouncementText",
        password_hidden_announcement="passwordHiddenAnnouncementText",
    )
    stem = params.get("id") or params.get("name")
    toggle = {
        "type": "button",
        "classes": joined(
            "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
            (params.get("button") or {}).get("classes"),
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


def with_navigation(params: Params) -> dict[str, Any]:
    """Service navigation: whether it folds on a phone, and what its last slot holds."""
    items = [item for item in params.get("navigation") or () if item]
    slots = params.get("slots") or {}
    end = slots.get("end") or ""
    collapses = (
        params["collapseNavigationOnMobile"] if "collapseNavigationOnMobile" in params else len(items) > 1
    )
    return {
        **params,
        "navigation": items,
        "collapses": collapses,
        "endSlotHtml": end.get("html") if isinstance(end, Mapping) else end,
        "endSlotInline": isinstance(end, Mapping) and end.get("align") == "inline",
    }


def summary_list(params: Params) -> dict[str, Any]:
    """A summary list: rows without actions are marked when others have some."""
    rows = [row for row in params.get("rows") or () if row]
    any_has = any((row.get("actions") or {}).get("items") for row in rows)
    return {**params, "rows": rows, "anyRowHasActions": any_has}


PREPARATIONS: dict[str, Callable[[Params], Mapping[str, Any]]] = {
    "input": text_input,
    "textarea": with_label,
    "file-upload": file_upload,
    "panel": panel,
    "select": select,
    "radios": radios,
    "checkboxes": choices,
    "date-input": date_input,
    "character-count": character_count,
    "password-input": password_input,
    "service-navigation": with_navigation,
    "summary-list": summary_list,
}
