"""What partners' systems may ask. Each operation declares the permission that its caller's key must open."""

from typing import Annotated, Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Header, Query, Router

from agencies.api.keys import ApiRequest, ByKey
from agencies.api.problems import Problem
from agencies.keyset import CURSOR, keyset_ahead
from agencies.permissions import Permission
from audit.access import looked
from audit.models import Entry
from documents.selectors import documents_of
from people.clearance import how_cleared
from referrals.actions.link_dispatch import link_dispatch
from referrals.actions.receive_referral import KeyReused, KeySpent, receive_referral
from referrals.api.answers import WrongAnswers, read_answers
from referrals.api.bodies import (
    DispatchedReferral,
    LinkIn,
    LinkOut,
    ReferralIn,
    SentReferral,
    Status,
    WaitingDispatches,
)
from referrals.api.document import around
from referrals.api.telling import disclosed, linked
from referrals.beside import beside
from referrals.for_systems import dispatched_referral, sent_by_system, system_links, waiting_for_a_system
from referrals.form import VERSIONS, Incomplete
from referrals.models import SystemLink
from referrals.repeats import repeats_of
from referrals.selectors import dispatches_of

router = Router()

IDEMPOTENCY_KEY = r'^("[A-Za-z0-9._:-]{1,128}"|[A-Za-z0-9._:-]{1,128})$'
PAGE = 100

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=IDEMPOTENCY_KEY,
        description="Made by you, once for each referral, such as a UUID. A repetition with the same key and content "
        "gets the same answer for 7 days; the key never makes a second referral.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]
After = Annotated[
    str, Query(pattern=f"^({CURSOR})?$", description="`next` of the page before. Begin without it each time.")
]


@router.post(
    "/referrals",
    auth=ByKey(Permission.REFERRAL_SUBMIT),
    response={201: SentReferral},
    url_name="send",
    operation_id="sendReferral",
    summary="Send a referral",
    tags=["Sending"],
)
def send(
    request: HttpRequest,
    response: HttpResponse,
    body: ReferralIn,
    idempotency_key: IdempotencyKey,
) -> Any:
    """Stored and dispatched before the answer is sent: the reference means that it cannot be lost.

    The questions are those of the form on this website. Send it again, with the same key, until you have an answer.
    """
    asked = cast(ApiRequest, request)
    version, language, answers = _read(body.root)
    try:
        received = receive_referral(
            idempotency_key=idempotency_key.strip('"'),
            form_version=version,
            language=language,
            answers=answers,
            by=asked.user,
            now=timezone.now(),
        )
    except KeyReused as reused:
        raise Problem(422, reused.message, kind="idempotency-key-reused") from None
    except KeySpent as spent:
        made: dict[str, Any] = {"reference": spent.referral.reference, "id": str(spent.referral.pk)}
        raise Problem(409, spent.message, kind="idempotency-key-spent", **made) from None
    except Incomplete as incomplete:  # the form's own last word: nothing was stored
        raise Problem(422, errors=WrongAnswers(incomplete.errors).errors) from None
    response["Location"] = f"/api/v1/referrals/{received.referral.pk}/status"
    if received.repeated:
        response["Idempotency-Replayed"] = "true"
    return {
        "id": received.referral.pk,
        "reference": received.referral.reference,
        "contact_code": received.code,
        "status": "received",
    }


def _read(body: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Version, language and answers. Raises Problem 422 with all that is wrong."""
    languages = [code for code, _name in settings.LANGUAGES]
    version, language, answers = body.get("form_version"), body.get("language", "en"), body.get("answers")
    errors: list[dict[str, Any]] = []
    known = isinstance(version, str) and version in VERSIONS
    if not known:
        errors.append(_at("form_version", _("Send one of {known}").format(known=", ".join(VERSIONS))))
    if not isinstance(language, str) or language not in languages:
        errors.append(_at("language", _("Send one of {known}").format(known=", ".join(languages))))
    if not isinstance(answers, dict):
        errors.append(_at("answers", _("Send an object of answers by the names of the questions")))
    errors += [
        _at(str(name)[:60], _("There is no such field"))
        for name in body
        if name not in {"form_version", "language", "answers"}
    ]
    read: dict[str, Any] = {}
    if isinstance(answers, dict) and known:
        try:
            read = read_answers(answers, str(version), around())
        except WrongAnswers as wrong:
            errors += wrong.errors
    if errors:
        raise Problem(422, errors=errors)
    return str(version), str(language), read


def _at(name: str, detail: str | Promise) -> dict[str, Any]:
    return {"pointer": f"#/{name.replace('~', '~0').replace('/', '~1')}", "detail": detail}


@router.get(
    "/referrals/{uuid:referral_id}/status",
    auth=ByKey(Permission.REFERRAL_FOLLOW),
    response=Status,
    url_name="status",
    operation_id="getStatus",
    summary="Ask how a referral stands that you sent",
    tags=["Sending"],
)
def status(request: HttpRequest, referral_id: UUID) -> Any:
    """What a referrer is told, and no more: neither who has it nor what they decide."""
    asked = cast(ApiRequest, request)
    referral = sent_by_system(asked.user, referral_id)
    looked(kind=Entry.Kind.VIEWED, at_object=referral, by=asked.user, now=timezone.now(), key=str(asked.auth.pk))
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received_at": referral.submitted_at,
        "status": "received",
    }


@router.get(
    "/referrals/{uuid:referral_id}",
    auth=ByKey(Permission.DISPATCH_FETCH),
    response=DispatchedReferral,
    url_name="fetch",
    operation_id="fetchReferral",
    summary="Fetch a referral that was dispatched to your agency",
    tags=["Receiving"],
)
def fetch(request: HttpRequest, referral_id: UUID) -> Any:
    """Every fetch is on record as a disclosure to your agency."""
    asked = cast(ApiRequest, request)
    referral = dispatched_referral(asked.user, referral_id)
    theirs = dispatches_of(asked.user, needed=Permission.DISPATCH_FETCH).filter(referral=referral)
    sent = list(theirs.select_related("agency").order_by("id"))
    looked(
        kind=Entry.Kind.DISCLOSED,
        at_object=referral,
        by=asked.user,
        now=timezone.now(),
        recipient=asked.user.pk,
        agencies=[str(dispatch.agency_id) for dispatch in sent],
        dispatches=[str(dispatch.pk) for dispatch in sent],
        key=str(asked.auth.pk),
    )
    righted = beside(asked.user, referral, needed=Permission.DISPATCH_FETCH)
    return disclosed(
        referral, sent, righted, documents_of(referral.pk), cleared=how_cleared(referral.person_id),
        repeated=bool(repeats_of(asked.user, [referral])[referral.pk]),
    )  # fmt: skip


@router.get(
    "/dispatches",
    auth=ByKey(Permission.DISPATCH_FETCH),
    response=WaitingDispatches,
    url_name="waiting",
    operation_id="listWaitingDispatches",
    summary="List the dispatches that wait for your system",
    tags=["Receiving"],
)
def waiting(request: HttpRequest, after: After = "") -> Any:
    """Dispatches to your agency that your system has not written a case number back for. Ids only.

    Ask now and then, from the beginning: whatever became of a webhook, what waits is here.
    """
    asked = cast(ApiRequest, request)
    page = keyset_ahead(waiting_for_a_system(asked.user), key="sent_at", after=after, size=PAGE)
    ids = [str(dispatch.pk) for dispatch in page.rows]
    looked(kind=Entry.Kind.LISTED, by=asked.user, now=timezone.now(), dispatches=ids, key=str(asked.auth.pk))
    return {
        "dispatches": [{"id": dispatch.pk, "referral": dispatch.referral_id} for dispatch in page.rows],
        "next": page.next or None,
    }


@router.get(
    "/dispatches/{uuid:dispatch_id}/link",
    auth=ByKey(Permission.DISPATCH_LINK),
    response=LinkOut,
    url_name="link",
    operation_id="getLink",
    summary="Read what your system wrote back",
    tags=["Linking"],
)
def read_link(request: HttpRequest, dispatch_id: UUID) -> Any:
    """The newest version; 404 while nothing was written."""
    asked = cast(ApiRequest, request)
    theirs = dispatches_of(asked.user, needed=Permission.DISPATCH_LINK)
    links = system_links(theirs.filter(pk=dispatch_id).select_related("referral"))
    if not links:
        raise SystemLink.DoesNotExist
    looked(kind=Entry.Kind.VIEWED, at_object=links[0], by=asked.user, now=timezone.now(), key=str(asked.auth.pk))
    return linked(links[0])


@router.put(
    "/dispatches/{uuid:dispatch_id}/link",
    auth=ByKey(Permission.DISPATCH_LINK),
    response=LinkOut,
    url_name="link",
    operation_id="putLink",
    summary="Write back your own case number and status",
    tags=["Linking"],
)
def write_link(request: HttpRequest, dispatch_id: UUID, body: LinkIn) -> Any:
    """Officers of your agency see it beside the referral. Other words are a new version, the same words none.

    This takes no receipt: a named officer of your agency does, in casework.
    """
    asked = cast(ApiRequest, request)
    link = link_dispatch(
        dispatch_id=dispatch_id,
        case_number=body.case_number,
        status=body.status,
        by=asked.user,
        now=timezone.now(),
    )
    return linked(link)
