"""What the commands of an operator have in common: finding an agency, and refusing what is no e-mail address."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email

from agencies.models import Agency, AgencyKind, User


def agency_of(code: str) -> Agency:
    """The agency with this code, whatever its case. Raises CommandError, which says what codes there are."""
    agency = Agency.objects.filter(code__iexact=code).first()
    if agency is not None:
        return agency
    if not Agency.objects.exists():
        raise CommandError("No agencies are loaded. Run first: manage.py load_places")
    others = Agency.objects.exclude(kind=AgencyKind.AUTHORITY).order_by("code").values_list("code", flat=True)
    raise CommandError(
        f"No agency has the code {code}. Codes are {', '.join(others)}, and the GSS code of each local authority, "
        "such as E08000035 for Leeds (agencies/data/places.csv lists them)."
    )


def user_of(email: str) -> User:
    """The user who signs in with this e-mail address. Raises CommandError."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise CommandError(f"Nobody has an account with {email}.")
    return user


def check_address(address: str) -> str:
    """The address without spaces around it. Raises CommandError for what is none."""
    try:
        validate_email(address.strip())
    except ValidationError:
        raise CommandError(f"{address} is not an e-mail address, like name@agency.example.") from None
    return address.strip()
