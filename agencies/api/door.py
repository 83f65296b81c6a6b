"""The house's manner put round django-ninja: what is declared is what is enforced, and every error is a problem."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema, get_schema
from ninja.operation import PathView
from ninja.utils import normalize_path, replace_path_param_notation

from agencies.access import ByKeyOnly, public, record_look_in_vain
from agencies.api.keys import ByKey
from agencies.api.problems import MEDIA_TYPE, SCHEMA, Problem
from agencies.api.reading import StrictParser
from audit.refusals import Forbidden, NotNow

log = structlog.get_logger(__name__)

View = Callable[..., HttpResponse]
IN_THE_CLEAR = _("Call by https:// only. Others may have read the key that came without it: have it rotated.")
# What any operation may answer besides its own, for the document.
EVERYWHERE = (400, 401, 403, 404, 405, 409, 411, 413, 415, 422, 429, 500, 503)


@dataclass(frozen=True)
class About:
    """What the document says of the whole."""

    prefix: str
    title: str
    version: str
    description: str


class Api(NinjaAPI):
    """django-ninja without pages, cookies or errors of its own; `fill_in` completes the OpenAPI document."""

    def __init__(self, about: About, *, fill_in: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(
            title=about.title,
            version=about.version,
            description=about.description,
            docs_url=None,
            openapi_url=None,
            parser=StrictParser(),
        )
        self.about, self.fill_in = about, fill_in

    def addresses(self) -> list[URLPattern]:
        """Its addresses, each declared for what its operations enforce, and the document."""
        found = [
            _address(route, paths)
            for router in self._get_bound_routers()
            for route, paths in router.path_operations.items()
        ]
        return [*found, path("openapi.json", _only("GET")(self._document), name="openapi")]

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Whatever an operation raised, as a problem."""
        return problem_of(exc, request).response(request)

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        """The whole document."""
        document: OpenAPISchema = get_schema(api=self, path_prefix=self.about.prefix)
        document["components"]["schemas"]["Problem"] = SCHEMA
        for operation in _operations(document):
            for status in EVERYWHERE:
                answers = operation["responses"]
                answers.setdefault(status, _problem_in_words(status))
        self.fill_in(document)
        return document

    def _document(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(self.get_openapi_schema())


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def _problem_in_words(status: int) -> dict[str, Any]:
    body = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": Problem(status).response(HttpRequest()).reason_phrase, "content": body}


def _address(route: str, paths: PathView) -> URLPattern:
    """One address. What it declares is read off the very objects that let its callers in."""
    needed = {
        method: guard.needed
        for operation in paths.operations
        for method in operation.methods
        for guard in operation.auth_callbacks
        if isinstance(guard, ByKey)
    }
    unguarded = [op for op in paths.operations if not any(isinstance(guard, ByKey) for guard in op.auth_callbacks)]
    view = _door(paths.get_view(), methods=[method for op in paths.operations for method in op.methods])
    if needed and not unguarded:  # otherwise it stays undeclared, and is refused
        view.access = ByKeyOnly(needed)  # type: ignore[attr-defined]
    name = next(name for op in paths.operations if (name := getattr(op, "url_name", None)))
    # Django's own converter: the ledger knows a UUID by its type.
    pattern = replace_path_param_notation(normalize_path(route)).replace("<uuidstr:", "<uuid:")
    return path(pattern.lstrip("/"), view, name=name)


def _door(view: View, *, methods: list[str]) -> View:
    """Refuse methods that the address does not know, and keys that others could read, before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.HTTPS and not request.is_secure():
            return Problem(403, IN_THE_CLEAR).response(request)
        if request.method not in methods:
            return Problem(405, headers={"Allow": ", ".join(methods)}).response(request)
        return view(request, *args, **kwargs)

    return guarded


def _only(method: str) -> Callable[[View], View]:
    """An open address that knows one method."""
    return lambda view: public(_door(view, methods=[method]))


def problem_of(error: BaseException, request: HttpRequest) -> Problem:
    """What to say of an exception. Absent and forbidden are the same, also on the record."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Problem):
        error = error.__cause__
    match error:
        case Problem():
            return error
        case ValidationError():
            return _invalid(error)
        case Forbidden() | ObjectDoesNotExist() | Http404():
            _record(request, error)
            return Problem(404)
        case NotNow():
            return Problem(409, error.message)
        case HttpError():
            return Problem(error.status_code)
        case RequestDataTooBig():
            return Problem(413)
        case (
            SuspiciousOperation() | UnreadablePostError()
        ):  # the client went away, or sent what no client of ours sends
            return Problem(400)
        case OperationalError() | InterfaceError():
            log.error("database_unavailable", exc_info=error)
            return Problem(503)
        case _:
            log.error("failed", exc_info=error)
            return Problem(500)


def _record(request: HttpRequest, error: BaseException) -> None:
    if not isinstance(error, Forbidden):  # which its action has recorded
        record_look_in_vain(request)


def _invalid(error: ValidationError) -> Problem:
    """What pydantic found wrong outside the answers: where, and in its words without what was sent."""
    errors = [
        {"pointer": "#/" + "/".join(str(step) for step in each["loc"][1:]), "detail": each["msg"]}
        for each in error.errors
    ]
    sources = {each["loc"][0] for each in error.errors}
    return Problem(422 if "body" in sources else 400, errors=errors)
