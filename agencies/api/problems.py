"""Errors of the API as `application/problem+json` (RFC 9457): what is wrong, where, and what to do."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "60"

# What is said where nothing better is known.
USUAL: Mapping[int, Text] = {
    400: _("The request cannot be read."),
    401: _("Send your key as “Authorization: Bearer …”. This request had none that works."),
    403: _("This key may not be used for this. Ask for a key with the scope that is needed."),
    404: _("There is nothing here, or not for this key."),
    405: _("This address does not know that method. The header “Allow” says which it knows."),
    411: _("Send the length of the body in “Content-Length”."),
    413: _("The body is larger than 1 MiB."),
    415: _("Send the body as “Content-Type: application/json”, in UTF-8 and not compressed."),
    422: _("Something is missing or wrong. Nothing was stored. “errors” says what and where."),
    429: _("Too many requests. Wait for as many seconds as “Retry-After” says, then try again."),
    500: _("Something went wrong here. Nothing was stored. Try again later, with the same idempotency key."),
    503: _("The service is away for a moment. Nothing was stored. Try again, with the same idempotency key."),
}


class Problem(Exception):
    """One error. `kind` names those that a program may want to tell apart; `errors` say which question is wrong."""

    def __init__(
        self,
        status: int,
        detail: Text = "",
        *,
        kind: str = "",
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status)
        self.status, self.detail, self.kind, self.errors, self.more = status, detail, kind, list(errors), more
        self.headers = dict(headers or {})
        if status == HTTPStatus.UNAUTHORIZED:
            self.headers.setdefault("WWW-Authenticate", 'Bearer realm="api"')
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            self.headers.setdefault("Retry-After", RETRY_AFTER)

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer. `instance` is the request's number, under which the log and the ledger know it too."""
        body: dict[str, Any] = {
            "type": f"urn:prevent:problem:{self.kind}" if self.kind else "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": str(self.detail or USUAL.get(self.status, "")),
            **self.more,
        }
        if number := getattr(request, "correlation", None):
            body["instance"] = f"urn:uuid:{number}"
        if self.errors:
            body["errors"] = [{**error, "detail": str(error["detail"])} for error in self.errors]
        return HttpResponse(json.dumps(body), status=self.status, content_type=MEDIA_TYPE, headers=self.headers)


class TooManyRequests(Problem):
    """A limit was reached: 429, with the seconds to wait."""

    def __init__(self, *, wait: int) -> None:
        super().__init__(429, headers={"Retry-After": str(max(1, wait))})


def is_api(request: HttpRequest) -> bool:
    """Whether a machine asked, as far as the address tells."""
    return request.path.startswith("/api/")


# Its place in the OpenAPI document.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "An error, as RFC 9457 describes it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "A URI that names the kind of problem, or about:blank."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, for a person."},
        "instance": {"type": "string", "description": "The number of this request, for whoever reports a fault."},
        "reference": {"type": "string", "description": "The referral that the idempotency key made before."},
        "id": {"type": "string", "format": "uuid", "description": "The id of that referral."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail", "pointer"],
                "properties": {
                    "question": {"type": "string", "description": "The name of the question that is wrong."},
                    "pointer": {"type": "string", "description": "Where in the body: a JSON pointer (RFC 6901)."},
                    "detail": {"type": "string", "description": "The same sentence as beside the field of the form."},
                },
            },
        },
    },
}
