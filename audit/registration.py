"""Every recorded model reports to django-auditlog; one that must not says so in `Privacy.ledger`."""

from auditlog.registry import auditlog
from django.apps import apps

from audit.models import Recorded
from audit.models.entry import MASKED


def register_recorded_models() -> None:
    """Register the concrete fields of every recorded model, once, at start-up."""
    for model in apps.get_models():
        if not issubclass(model, Recorded) or not getattr(model.Privacy, "ledger", True):  # type: ignore[attr-defined]  # a test says every model declares it
            continue
        if not auditlog.contains(model):
            auditlog.register(
                model,
                include_fields=[field.name for field in model._meta.concrete_fields],
                mask_fields=list(getattr(model.Privacy, "masked", ())),  # type: ignore[attr-defined]
                m2m_fields=[field.name for field in model._meta.many_to_many],
            )


def mask(value: str) -> str:
    """Nothing of a masked value (a password hash) is written down."""
    return MASKED
