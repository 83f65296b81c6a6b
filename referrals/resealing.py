"""What is sealed under the key of the person a referral belongs to: it follows the referral to another person."""

from referrals.models import (
    Addition,
    DocumentDetachment,
    Join,
    NamedAccess,
    Note,
    NoteDetachment,
    Offer,
    Quarantined,
    Question,
    Reassignment,
    RecordPurpose,
    Referral,
    Referrer,
    ReferrerShown,
    Succession,
    SystemLink,
    Task,
    Withdrawal,
    Worry,
)
from referrals.models.belonging import Belonging


def sealed_beside(referral: Referral) -> list[Belonging]:
    """Every row beside a locked referral whose words are sealed with it; all know it as this very instance.

    A test holds that no model is forgotten here.
    """
    rows: list[Belonging] = []
    plain: tuple[
        type[
            Addition
            | DocumentDetachment
            | Referrer
            | Note
            | Quarantined
            | Question
            | RecordPurpose
            | Succession
            | Task
            | Withdrawal
            | Worry
        ],
        ...,
    ]
    plain = (
        Addition,
        DocumentDetachment,
        Referrer,
        Note,
        Quarantined,
        Question,
        RecordPurpose,
        Succession,
        Task,
        Withdrawal,
        Worry,
    )
    for model in plain:
        for row in model.objects.filter(referral=referral):
            row.referral = referral
            rows.append(row)
    for offer in Offer.objects.filter(dispatch__referral=referral).select_related("dispatch"):
        offer.dispatch.referral = referral
        rows.append(offer)
    of_dispatches: tuple[type[Reassignment | ReferrerShown | SystemLink], ...] = (
        Reassignment,
        ReferrerShown,
        SystemLink,
    )
    for kind in of_dispatches:
        for each in kind.objects.filter(dispatch__referral=referral).select_related("dispatch"):
            each.dispatch.referral = referral
            rows.append(each)
    for access in NamedAccess.every.filter(content_object=referral):
        access.content_object = referral
        rows.append(access)
    for join in Join.objects.filter(later=referral):
        join.later = referral
        rows.append(join)
    for detachment in NoteDetachment.objects.filter(note__referral=referral).select_related("note"):
        detachment.note.referral = referral
        rows.append(detachment)
    return rows
