"""Triage: what the police answer before anybody is contacted, what they check, and what they make of a referral."""

from triage.models.deconfliction import CLEARING, Cause, Deconfliction, Outcome
from triage.models.gateway import GatewayAssessment, GatewaySignature
from triage.models.outcome import ClosingReason, NoConcerns, TriageOutcome
from triage.models.partnership import EndedBy, Handover, Partnership, Source
from triage.models.plan import PartnershipReview, Plan, PlannedAction, ReviewDecision
from triage.models.practice import PracticeNote
from triage.models.signposting import Signposting
from triage.models.standard import Moment, Standard, StandardStep
from triage.models.step_check import Result, StepCheck

__all__ = [
    "CLEARING",
    "Cause",
    "ClosingReason",
    "Deconfliction",
    "EndedBy",
    "GatewayAssessment",
    "GatewaySignature",
    "Handover",
    "Moment",
    "NoConcerns",
    "Outcome",
    "Partnership",
    "PartnershipReview",
    "Plan",
    "PlannedAction",
    "PracticeNote",
    "Result",
    "ReviewDecision",
    "Signposting",
    "Source",
    "Standard",
    "StandardStep",
    "StepCheck",
    "TriageOutcome",
]
