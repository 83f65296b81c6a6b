"""What is written beside a person, or asked about them, is written under the person's lock."""

from collections.abc import Iterable
from uuid import UUID

from people.linking import lock_links
from people.models import InformationRequest, Person
from people.records import record_of


def lock_person(person_id: UUID) -> Person:
    """The person, locked until the action ends. Raises Person.DoesNotExist."""
    return lock_persons([person_id])[person_id]


def lock_persons(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Several persons by id, locked ids ascending, before any referral. Raises Person.DoesNotExist if one is absent.

    Rows that belong to a person are stored meanwhile (FOR NO KEY UPDATE): whoever stores a document under a referral's
    lock would otherwise wait here for somebody who waits for that referral.
    """
    wanted = sorted(set(ids))
    found = Person.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",), no_key=True)
    locked = {person.pk: person for person in found}
    if len(locked) < len(wanted):
        raise Person.DoesNotExist
    return locked


def lock_record(person_id: UUID) -> dict[UUID, Person]:
    """Everybody on the person's record, by id, locked until the action ends. Raises Person.DoesNotExist.

    First the links, so that nobody joins the record meanwhile: whoever calls it holds no other lock that others take
    after those (`people.linking.lock_links`).
    """
    lock_links()
    return lock_persons(record_of(Person.objects.get(pk=person_id)).values_list("pk", flat=True))


def lock_request(request_id: UUID) -> InformationRequest:
    """The request with person and agencies, itself locked until the action ends. Raises DoesNotExist."""
    found: InformationRequest = InformationRequest.objects.select_related("person", "asking", "asked", "asked_by").lock(
        request_id
    )
    return found
