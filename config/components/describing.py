"""What several components share: words joined, hints and errors with their ids, words for scripts."""

from collections.abc import Mapping
from typing import Any

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


def translations(params: Params, keys: Mapping[str, str]) -> dict[str, Any]:
    """The `data-i18n.*` attributes with words for a component's script; `keys`: attribute -> parameter."""
    result: dict[str, Any] = {}
    for attribute, parameter in keys.items():
        name = f"data-i18n.{attribute}"
        words = params.get(parameter)
        if isinstance(words, Mapping):
            result |= {f"{name}.{rule}": text for rule, text in words.items()}
        elif words:
            result[name] = words
    return result
