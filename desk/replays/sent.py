"""What the referrers of the replays send. All of it is made up."""

from typing import Any

from desk.replays.acting import COUNCIL

PUPIL: dict[str, Any] = {
    "danger": "no",
    "referrer_kind": "work",
    "referrer_name": "Elowen Trescothick",
    "referrer_role": "Designated safeguarding lead",
    "referrer_organisation": "Sallowfield School",
    "referrer_email": "elowen@sallowfield.example",
    "concern": "He shares footage of attacks with younger pupils and says that somebody should do it here.",
    "how_known": ["seen"],
    "when_noticed": "week",
    "given_names": "Aurelian",
    "family_name": "Voss-Makinde",
    "adult_or_child": "child",
    "date_of_birth": {"day": "3", "month": "5", "year": "2010"},
    "work_and_family": ["none"],
    "authority": COUNCIL,
    "told": ["nobody"],
}
# The same boy: by a surgery that misspells him, and by the next school.
MISSPELT = PUPIL | {
    "referrer_name": "Benedikt Achterlonie",
    "referrer_role": "General practitioner",
    "referrer_organisation": "Larkmoor Surgery",
    "referrer_email": "b.achterlonie@larkmoor.example",
    "concern": "He told me twice that he dreams of hurting many people, and would not say more.",
    "given_names": "Aurelien",
    "family_name": "Vos Makinde",
}
NEW_SCHOOL = PUPIL | {
    "referrer_name": "Perpetua Vance",
    "referrer_organisation": "Thistlegate Academy",
    "referrer_email": "p.vance@thistlegate.example",
    "concern": "He searched for knives in a computing lesson, and for the names of people who attacked schools.",
    "when_noticed": "today",
}
COLLEAGUE = PUPIL | {
    "concern": "An officer of our team says in breaks that the attacker was right, and that others should follow.",
    "given_names": "Lysander",
    "family_name": "Quennell",
    "adult_or_child": "adult",
    "date_of_birth": {"day": "11", "month": "2", "year": "1988"},
    "work_and_family": ["police"],
}
DANGER = PUPIL | {
    "danger": "yes",
    "concern": "He left home with a knife, said good-bye to his sister and wrote that they will all remember him.",
    "given_names": "Florian",
    "family_name": "Iqbal-Tennant",
}
UNNAMED: dict[str, Any] = {
    "danger": "no",
    "referrer_kind": "public",
    "concern": "A man in our stairwell keeps boxes of leaflets that praise an attack and gives them to teenagers.",
    "how_known": ["seen"],
    "when_noticed": "week",
    "given_names": "Casimir",
    "family_name": "Thornquist",
    "adult_or_child": "adult",
    "work_and_family": ["none"],
    "authority": COUNCIL,
    "told": ["nobody"],
}
