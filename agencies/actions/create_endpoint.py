"""An agency's own system gets an address to be called at."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Endpoint, EndpointSecret
from agencies.permissions import Permission, require
from agencies.policies import check_may_be_called
from agencies.webhooks.envelope import new_secret
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow


@action
def create_endpoint(*, agency_id: UUID, url: str, by: Actor, now: datetime) -> tuple[Endpoint, str]:
    """Store an endpoint and its first secret, which is returned to be shown this once. Locks the agency.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not edit endpoints.
        NotNow: the address is of a kind that is never called, or the agency has an endpoint there already.
    """
    require(by, Permission.ENDPOINT_EDIT)
    check_may_be_called(url)
    agency: Agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency_id)
    if agency.endpoints.filter(url=url).exists():
        raise NotNow(_("This agency has an endpoint at this address already."))
    endpoint = Endpoint(agency=agency, url=url, created_at=now, created_by=by.pk)
    endpoint.save(force_insert=True)
    secret = new_secret()
    EndpointSecret(endpoint=endpoint, secret=secret, created_at=now, created_by=by.pk).save(force_insert=True)
    return endpoint, secret
