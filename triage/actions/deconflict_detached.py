"""A referral turned out to be about somebody else: the police are asked about them, of whom nothing was said."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from people.actions.end_clearance import end_clearance
from triage.actions.end_partnership import end_partnership
from triage.actions.open_deconfliction import open_deconfliction
from triage.actions.overtake_assessments import overtake_assessments
from triage.models import Cause, Deconfliction, EndedBy, Partnership
from triage.states import PartnershipState


@action
def deconflict_detached(*, referral_id: UUID, wrong_id: UUID, by: Actor, now: datetime) -> Deconfliction:
    """End the clearance of whom the referral was about, and open a deconfliction of whom it is about.

    What was answered and assessed stays with the wrong person, and a police-led partnership about them ends. Locks
    both records and the referral.

    Raises:
        Referral.DoesNotExist, Person.DoesNotExist: there is none with this id.
        Forbidden: `by` asks for no deconfliction of either.
    """
    end_clearance(person_id=wrong_id, by=by, now=now)
    opened: Deconfliction = open_deconfliction(referral_id=referral_id, cause=Cause.NEW_INFORMATION, by=by, now=now)
    overtake_assessments(referral_id=referral_id, wrong_id=wrong_id, by=by, now=now)
    wrong = Partnership.objects.filter(referral=referral_id, person=wrong_id).exclude(state=PartnershipState.ENDED)
    for pk in wrong.values_list("pk", flat=True):
        end_partnership(partnership_id=pk, how=EndedBy.ANOTHER_PERSON, outcome=None, by=by, now=now)
    return opened
