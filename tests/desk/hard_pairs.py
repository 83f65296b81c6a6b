"""Ten pairs that are hard to tell: what two referrals say, and the band in which the service finds them, if at all."""

from typing import Any

from people.models import MatchBand

BORN = {"day": "7", "month": "8", "year": "2006"}


def said(given: str, family: str, **more: Any) -> dict[str, Any]:
    """What a referral says of a person."""
    return {"given_names": given, "family_name": family, "date_of_birth": BORN, "postcode": "S70 1GW", **more}


HARD_PAIRS: dict[str, tuple[dict[str, Any], dict[str, Any], MatchBand]] = {
    "misspelt surname and wrong day of birth": (
        said("Axel", "Rudderham"),
        said("Axel", "Ruderham", date_of_birth={**BORN, "day": "17"}),
        MatchBand.LIKELY,
    ),
    "two spellings of an Arabic name": (
        said("Mohammed", "Al-Hakim"),
        said("Muhammad", "El Hakeem"),
        MatchBand.LIKELY,
    ),
    "given and family name exchanged": (
        said("Garside", "Wren"),
        said("Wren", "Garside"),
        MatchBand.LIKELY,
    ),
    "another script": (
        said("Омар", "Вишневский"),
        said("Omar", "Vishnevsky"),
        MatchBand.LIKELY,
    ),
    "day and month exchanged": (
        said("Siobhán", "Ó Briain"),
        said("Shevaun", "O’Brien", date_of_birth={"day": "8", "month": "7", "year": "2006"}),
        MatchBand.LIKELY,
    ),
    "twins": (said("Tomasz", "Łukasik"), said("Szymon", "Łukasik"), MatchBand.POSSIBLE),
    "father and son of one name": (
        said("Yusuf", "Farah", adult_or_child="adult", date_of_birth={"day": "7", "month": "8", "year": "1979"}),
        said("Yusuf", "Farah"),
        MatchBand.POSSIBLE,
    ),
    "brothers at one address": (
        said("Bilal", "Chowdhury", date_of_birth={"day": "3", "month": "2", "year": "2004"}),
        said("Idris", "Chowdhury"),
        MatchBand.POSSIBLE,
    ),
    "namesakes in two towns": (
        said("Kate", "Pickersgill", postcode="S70 1GW"),
        said("Katherine", "Pickersgill", postcode="S75 2PW", date_of_birth={"day": "21", "month": "1", "year": "2001"}),
        MatchBand.POSSIBLE,
    ),
    "an age and no date": (
        said("Chukwuemeka", "Okonkwo"),
        said("Emeka", "Okonkwo", date_of_birth={}, approximate_age="20"),
        MatchBand.POSSIBLE,
    ),
}
