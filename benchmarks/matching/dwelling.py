"""Where people who do not exist live, go to school and are reached, and what somebody else writes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.matching.lists import names


@dataclass(frozen=True)
class Dwelling:
    """What referrers may know aside from the name, the birth and the postcode; empty where they do not."""

    address: str = ""
    phone: str = ""
    email: str = ""
    school: str = ""


NOTHING_KNOWN = Dwelling()


def of(rng: Random, given: str, family: str) -> Dwelling:
    """All that could be known of somebody."""
    house = f"{rng.randint(1, 160)} {rng.choice(names('streets'))} {_kind(rng)[0]}"
    return Dwelling(
        address=f"{house}, {rng.choice(names('towns'))}",
        phone=f"07{rng.randint(100, 999)} {rng.randint(0, 999999):06}",
        email=f"{_letters(given)}.{_letters(family)}{rng.randint(1, 99)}@{rng.choice('abcdefgh')}.example",
        school=f"{_school(rng)} {rng.choice(names('school kinds'))}",
    )


def household(rng: Random, known: Dwelling) -> Dwelling:
    """Of somebody in the same family: the same address, often the telephone and the school, another e-mail."""
    other = of(rng, "family", "member")
    shared = known.phone if rng.random() < 0.6 else other.phone
    return Dwelling(known.address, shared, other.email, known.school if rng.random() < 0.6 else other.school)


def told(rng: Random, known: Dwelling) -> Dwelling:
    """What one referrer knows of it."""
    return replace(
        known,
        **{
            name: ""
            for name, share in (("address", 0.6), ("phone", 0.35), ("email", 0.15), ("school", 0.5))
            if rng.random() > share
        },
    )


def told_again(rng: Random, known: Dwelling, *, moved: bool) -> Dwelling:
    """What another one knows of it, and how they write it; of those who moved, the new address."""
    other = of(rng, "somebody", "else")
    return told(
        rng,
        Dwelling(
            address=other.address if moved or rng.random() < 0.1 else _address_again(rng, known.address),
            phone=other.phone if rng.random() < 0.3 else _phone_again(rng, known.phone),
            email=other.email if rng.random() < 0.3 else _email_again(rng, known.email),
            school=other.school if rng.random() < 0.25 else _school_again(rng, known.school),
        ),
    )


def _kind(rng: Random) -> list[str]:
    return rng.choice(names("street kinds")).split("=")


def _letters(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isascii() and sign.isalpha())


def _school(rng: Random) -> str:
    first = rng.choice(names("streets"))
    return f"{first} {rng.choice(names('towns'))}" if rng.random() < 0.5 else first


def _address_again(rng: Random, address: str) -> str:
    house, town = address.split(", ")
    number, street, kind = house.split()
    short = dict(each.split("=") for each in names("street kinds"))[kind]
    match rng.randrange(8):
        case 0:
            return f"{street} {kind}"
        case 1:
            return f"Flat {rng.randint(1, 9)}, {house}, {town}"
        case 2:
            return f"{rng.randint(1, 160)} {street} {kind}"
        case 3:
            return f"{number} {_slip(rng, street)} {kind}, {town}"
        case 4 | 5:
            return f"{number} {street} {short}"
        case _:
            return address


def _phone_again(rng: Random, phone: str) -> str:
    match rng.randrange(5):
        case 0:
            return f"+44 {phone[1:]}"
        case 1:
            return phone.replace(" ", "")
        case 2:
            return f"mobile {phone[:7]} {phone[7:]}"
        case 3:
            return _slip(rng, phone) if rng.random() < 0.3 else phone
        case _:
            return phone


def _email_again(rng: Random, email: str) -> str:
    name, domain = email.split("@")
    return rng.choice((email, email.upper(), f"{name}+home@{domain}", f"{name}@{rng.choice('abcdefgh')}.example"))


def _school_again(rng: Random, school: str) -> str:
    words = school.split()
    return rng.choice((school, f"The {school}", " ".join(words[:-1]), words[0], f"{school}, {_any(rng, 'towns')}"))


def _any(rng: Random, section: str) -> str:
    return rng.choice(names(section))


def _slip(rng: Random, written: str) -> str:
    at = rng.randrange(len(written) - 1)
    return written[:at] + written[at + 1] + written[at] + written[at + 2 :]


def joined(parts: Iterable[str]) -> str:
    """The parts of an address that are there."""
    return ", ".join(part for part in parts if part)
