"""Reading of a body: strict JSON and nothing else, refused with a sentence before any of it is believed."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from agencies.api.problems import Problem

LARGEST = 1024 * 1024
DEEPEST = 32


def check_headers(request: HttpRequest) -> None:
    """Raise Problem for a body that need not even be read: without length, too large, or no JSON."""
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        raise Problem(411)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Problem(413)
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    coded = request.META.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity"
    if request.content_type != "application/json" or charset.lower() not in {"utf-8", "utf8"} or coded:
        raise Problem(415)


class StrictParser(Parser):
    """Refuses what JSON parsers let pass: NaN, a name given twice, endless depth."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as Python values. Raises Problem."""
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """The values of a JSON text. Raises Problem, which repeats nothing of it."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_number)
    except UnicodeDecodeError:
        raise Problem(400, _("The body is not UTF-8.")) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # not JSON, or a whole number of thousands of digits
        raise Problem(400, _("The body is not JSON.")) from None
    if _depth(value) > DEEPEST:
        raise _too_deep()
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, _("The body has an object with the same name twice. Which one is meant?"))
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number(text: str) -> float:
    """A number with a fraction or exponent; beyond what floats hold is no number."""
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        raise ValueError
    return value


def _too_deep() -> Problem:
    return Problem(400, _("The body is nested more deeply than any answer can be."))


def _depth(value: Any) -> int:
    """How deeply lists and objects lie in each other, counted without recursion."""
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        deepest, level = deepest + 1, inner
    return deepest
