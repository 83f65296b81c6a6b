"""Locks of the triage room: record, person, referral, and then what stands beside it."""

from uuid import UUID

from referrals.locking import lock_whole
from triage.models import (
    Deconfliction,
    GatewayAssessment,
    Partnership,
    PlannedAction,
    Signposting,
    Standard,
    StandardStep,
)


def lock_deconfliction(deconfliction_id: UUID) -> Deconfliction:
    """The deconfliction with its referral, locked after that and its record. Raises Deconfliction.DoesNotExist."""
    referral = lock_whole(Deconfliction.objects.values_list("referral_id", flat=True).get(pk=deconfliction_id))
    found: Deconfliction = Deconfliction.objects.lock(deconfliction_id)
    found.referral = referral
    return found


def lock_step(step_id: UUID) -> StandardStep:
    """A step of the standards, locked after its version. Raises StandardStep.DoesNotExist."""
    version = Standard.objects.lock(StandardStep.objects.values_list("standard_id", flat=True).get(pk=step_id))
    found: StandardStep = StandardStep.objects.lock(step_id)
    found.standard = version
    return found


def lock_assessment(assessment_id: UUID) -> GatewayAssessment:
    """The gateway assessment with its referral, locked after that and its record. Raises DoesNotExist."""
    referral = lock_whole(GatewayAssessment.objects.values_list("referral_id", flat=True).get(pk=assessment_id))
    found: GatewayAssessment = GatewayAssessment.objects.lock(assessment_id)
    found.referral = referral
    return found


def lock_signposting(signposting_id: UUID) -> Signposting:
    """The signposting with its assessment and referral, locked after those. Raises Signposting.DoesNotExist."""
    assessment = lock_assessment(Signposting.objects.values_list("assessment_id", flat=True).get(pk=signposting_id))
    found: Signposting = Signposting.objects.lock(signposting_id)
    found.assessment = assessment
    return found


def lock_partnership(partnership_id: UUID) -> Partnership:
    """The partnership with its referral, locked after that and its record. Raises Partnership.DoesNotExist."""
    referral = lock_whole(Partnership.objects.values_list("referral_id", flat=True).get(pk=partnership_id))
    found: Partnership = Partnership.objects.lock(partnership_id)
    found.referral = referral
    return found


def lock_planned(planned_id: UUID) -> PlannedAction:
    """The planned action with its partnership, locked after that. Raises PlannedAction.DoesNotExist."""
    partnership = lock_partnership(PlannedAction.objects.values_list("partnership_id", flat=True).get(pk=planned_id))
    found: PlannedAction = PlannedAction.objects.lock(planned_id)
    found.partnership = partnership
    return found
