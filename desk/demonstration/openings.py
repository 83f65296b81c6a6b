"""How each sector came to notice, what it did, and who its people are."""

from dataclasses import dataclass

from desk.demonstration.shapes import Sector


@dataclass(frozen=True)
class Voice:
    """How one sector writes. `told` are values of the form's question of that name; empty roles: not at work."""

    openings: tuple[str, ...]
    relationships: tuple[str, ...]
    how_known: tuple[str, ...]
    told: tuple[str, ...]
    done: tuple[str, ...]
    roles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


# {place} is the name of the area. None of these organisations exists.
VOICES: dict[Sector, Voice] = {
    Sector.EDUCATION: Voice(
        ("child: A pupil told me about this after registration.", "This came up in a lesson on citizenship.",
         "child: Two of {his} teachers noticed this separately.", "Our filtering system raised an alert about {him}.",
         "One of {his} friends came to the pastoral team in tears.", "I found this in {his} written work."),
        ("child: My pupil", "child: A pupil in my year group", "A student here", "child: In my tutor group"),
        ("seen", "told_by_other", "work", "told_by_them"), ("lead", "family", "school"),
        ("I spoke to our safeguarding lead the same day, and we agreed to send this.",
         "child: We met {his} parents on Monday. They were shocked and want help.",
         "{He} has seen the school counsellor twice.", "We have moved {his} seat and check {his} bag every morning."),
        ("Form tutor", "Head of year", "Designated safeguarding lead", "Teacher of history", "Pastoral manager",
         "Learning support assistant", "Lecturer", "Deputy head"),
        ("Hollybank Academy", "St Aldhelm’s School", "Fernside High School", "Marlow Bridge College",
         "Greenacre Community School", "Oak Lane Primary School", "Northgate Sixth Form",
         "University of {place} North"),
    ),
    Sector.POLICE: Voice(
        ("Officers attended the address for another matter and noticed this.", "adult: {He} said this in custody.",
         "A neighbourhood officer was stopped by a shopkeeper, who reported this.",
         "This came to notice while a phone was being examined for an unrelated offence.",
         "{He} {was} spoken to after a call from a member of the public."),
        ("Met while on duty", "Known to the neighbourhood team", "Came to notice in custody"),
        ("seen", "work", "told_by_other"), ("police",),
        ("No offence was found. {He} {was} taken home and words of advice were given.",
         "child: A safeguarding referral was made on the night.",
         "The matter that brought officers there has been dealt with."),
        ("Police constable", "Neighbourhood officer", "Custody sergeant", "Detective constable",
         "School liaison officer"),
        ("{place} neighbourhood policing team", "{place} response team", "{place} custody suite"),
    ),
    Sector.AUTHORITY: Voice(
        ("A colleague heard this on a visit.", "child: {His} social worker heard this on a home visit.",
         "adult: A housing officer saw this at an inspection.",
         "child: {His} foster carer told us this at a review.",
         "child: A youth worker heard {him} say this at the centre."),
        ("I am the allocated social worker", "adult: A tenant of ours", "child: A young person at our centre"),
        ("seen", "told_by_other", "told_by_them"), ("council", "lead"),
        ("I have discussed this with my manager.", "A strategy discussion took place this week.",
         "child: {He} has an open plan with children’s services.",
         "child: The youth offending team has been told."),
        ("Social worker", "Housing officer", "Youth worker", "Early help practitioner", "Foster care supervisor"),
        ("{place} children’s services", "{place} housing", "{place} youth service", "{place} adult social care"),
    ),
    Sector.HEALTH: Voice(
        ("{He} said this during an appointment.", "child: {His} mother told our nurse about this at a check-up.",
         "This came up in an assessment by the crisis team.",
         "adult: {He} told the ward staff this after admission."),
        ("My patient", "A patient of our team", "Under the care of our ward"),
        ("told_by_them", "told_by_other", "work"), ("health", "lead"),
        ("We have told {him} that we would share this, and {he} understood.",
         "{He} is seen by our team every fortnight.", "The safeguarding nurse agreed that this should be sent."),
        ("General practitioner", "Practice nurse", "Community psychiatric nurse", "Psychologist", "Ward manager"),
        ("Riverside Surgery", "The Maltings Medical Centre", "{place} crisis team", "Larkfield Hospital"),
    ),
    Sector.PRISONS: Voice(
        ("{He} said this in supervision.", "An officer on the wing wrote this down after an argument.",
         "Other residents of the hostel complained about this."),
        ("On my caseload", "A resident here"), ("told_by_them", "seen", "work"), ("lead", "police"),
        ("This has been raised with the licence conditions in view.", "{He} has been moved to another landing."),
        ("Probation officer", "Prison officer", "Hostel manager"),
        ("{place} probation office", "HMP Coldwater", "Ashgrove Approved Premises"),
    ),
    Sector.COMMUNITY: Voice(
        ("Several people at our centre have come to me about this.",
         "I heard this myself after training on Thursday.",
         "{His} uncle asked me for advice, and I said that I would write."),
        ("Comes to our club", "In my congregation", "A volunteer with us"), ("seen", "told_by_other"),
        ("family", "nobody"), ("I have spoken to {him} twice, and {he} listened the first time.",),
        ("Boxing coach", "Youth leader", "Imam", "Vicar", "Charity worker"),
        ("Beckside Boxing Club", "The Junction Community Centre", "Al-Noor Community Trust", "St Winifred’s Church"),
    ),
    Sector.FAMILY: Voice(
        ("I am {his} mother.", "{He} is my cousin.", "We have been friends since school.",
         "adult: I am married to {him}."),
        ("My child", "My cousin", "My friend", "We are married"), ("seen", "told_by_them"),
        ("family", "nobody"), ("I have tried to talk to {him}, and {he} walked out.",
         "Nobody outside the family knows."),
    ),
    Sector.PUBLIC: Voice(
        ("I live in the same building.", "I saw this online, and the profile gives the town.",
         "I was on the bus when this happened.", "I work in the shop opposite."),
        ("My neighbour", "I do not know them", "A customer"), ("seen", "online"), ("nobody", "police"),
        ("I have done nothing, because I did not know whom to tell.",),
    ),
    Sector.SELF: Voice(
        ("I saw the page about getting help.", "A friend said that I should write here."), (), (), ("nobody",
         "family"),
        ("I have talked to nobody about it until now.",),
    ),
}  # fmt: skip
