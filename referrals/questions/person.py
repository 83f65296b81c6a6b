"""Who the referral is about and where they live: two pages for people at work, one for everybody else."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from referrals.questions.concern import NOT_ABOUT_MYSELF
from referrals.questions.referrer import AT_WORK
from referrals.questions.shapes import (
    UNKNOWN,
    WORK,
    ByKind,
    Choice,
    Group,
    Kind,
    OneOf,
    Page,
    Question,
    Whose,
    unless,
)

NORTHERN_IRELAND = "northern_ireland"

WHO = Group(
    (
        Question(
            "given_names",
            Kind.TEXT,
            ByKind(_("First or given names"), self=_("Your first or given names")),
            Whose.PERSON,
            hint=ByKind(_("If they use one name only, put it here."), self=_("If you use one name only, put it here.")),
            spellcheck=False,
        ),
        Question(
            "family_name",
            Kind.TEXT,
            ByKind(_("Family name"), self=_("Your family name")),
            Whose.PERSON,
            spellcheck=False,
        ),
        Question(
            "other_names",
            Kind.TEXT,
            ByKind(
                _("Other names or spellings they use (optional)"),
                self=_("Other names or spellings you use (optional)"),
            ),
            Whose.PERSON,
            hint=_("For example: a nickname, a name from before, a name used online"),
            max_length=300,
            spellcheck=False,
            short=_("Other names or spellings"),
        ),
        Question(
            "description",
            Kind.LONG_TEXT,
            _("If you do not know their name, describe them"),
            Whose.PERSON,
            hint=_("For example: what they look like, where and when you saw them"),
            asked_if=NOT_ABOUT_MYSELF,
            max_length=2_000,
            short=_("Description"),
        ),
        Question(
            "relationship",
            Kind.TEXT,
            _("How do you know them? (optional)"),
            Whose.PERSON,
            hint=ByKind(
                _("For example: my son, my neighbour, or I do not know them"),
                work=_("For example: my pupil, patient or colleague"),
            ),
            asked_if=NOT_ABOUT_MYSELF,
            short=_("How you know them"),
        ),
    ),
)

AGE = Group(
    (
        Question(
            "adult_or_child",
            Kind.ONE_OF,
            ByKind(_("Are they an adult or a child?"), self=_("Are you an adult or under 18?")),
            Whose.PERSON,
            choices=(
                Choice("adult", _("Adult (18 or over)")),
                Choice("child", ByKind(_("Child (under 18)"), self=_("Under 18"))),
                Choice(UNKNOWN, ByKind(_("I don’t know"), self=_("I would rather not say"))),
            ),
            required=True,
            missing=ByKind(_("Say whether they are an adult or a child"), self=_("Say whether you are an adult")),
            short=_("Adult or child"),
        ),
        Question(
            "approximate_age",
            Kind.AGE,
            ByKind(_("Age, if you know it"), self=_("Your age (optional)")),
            Whose.PERSON,
            hint=ByKind(_("In years. An estimate will do."), self=_("In years")),
            max_length=3,
            short=_("Age"),
        ),
        Question(
            "date_of_birth",
            Kind.DATE,
            ByKind(_("Date of birth, if you know it"), self=_("Your date of birth (optional)")),
            Whose.PERSON,
            hint=_("For example: 27 3 2010"),
            short=_("Date of birth"),
        ),
    ),
    heading=ByKind(_("Their age"), self=_("Your age")),
)

PLACE = Group(
    (
        Question(
            "postcode",
            Kind.POSTCODE,
            ByKind(_("Their postcode"), self=_("Your postcode")),
            Whose.PERSON,
            hint=ByKind(
                _("If you only know where they study or work, give that postcode and say so below."),
                self=_("We use it to find the right police and council."),
            ),
            max_length=12,
            spellcheck=False,
            short=_("Postcode"),
        ),
        Question(
            "authority",
            Kind.AUTHORITY,
            ByKind(
                _("If you do not know the postcode: which council area?"),
                self=_("Or choose your council area"),
            ),
            Whose.PERSON,
            hint=ByKind(
                _("Choose a council, or choose “I don’t know where they live”."),
                self=_("Choose a council, or choose “I would rather not say”."),
            ),
            choices=(
                Choice(
                    UNKNOWN,
                    ByKind(_("I don’t know where they live"), self=_("I would rather not say")),
                ),
                Choice(NORTHERN_IRELAND, _("Northern Ireland")),
            ),
            max_length=20,
            short=_("Council area"),
        ),
        Question(
            "address",
            Kind.LONG_TEXT,
            ByKind(_("Their address, if you know it"), self=_("Your address (optional)")),
            Whose.PERSON,
            hint=ByKind(
                _("Or anything that helps to find it: a street, a building, a town. Say if they have more than one."),
                self=_("The building, the street and the town"),
            ),
            max_length=1_000,
            spellcheck=False,
            short=_("Address"),
        ),
        Question(
            "study_or_work",
            Kind.TEXT,
            ByKind(_("Where they study or work (optional)"), self=_("Where you study or work (optional)")),
            Whose.PERSON,
            hint=_("For example: the name of the school, college or employer, and the town"),
            max_length=300,
            short=ByKind(_("Where they study or work"), self=_("Where you study or work")),
        ),
    ),
    heading=ByKind(_("Where they live"), self=_("Where you live")),
    intro=(
        ByKind(
            _("This tells us which police and council should help. If you do not know, say so and carry on."),
            self=_("This tells us which police and council should help."),
        ),
    ),
)

OWN_AREA = Group(
    (
        Question(
            "referrer_postcode",
            Kind.POSTCODE,
            _("Your own postcode, if you do not know where they live (optional)"),
            Whose.REFERRER,
            hint=_("We then ask the police and council near you to find the right place."),
            asked_if=NOT_ABOUT_MYSELF,
            max_length=12,
            autocomplete="postal-code",
            spellcheck=False,
            short=_("Your own postcode"),
        ),
    )
)

SOMEBODY = OneOf(
    ("given_names", "family_name", "description"),
    ByKind(
        _("Enter a name. If you do not know it, describe the person"),
        self=_("Enter your name, or the name you want to be called"),
    ),
)
SOMEWHERE = OneOf(
    ("postcode", "authority"),
    ByKind(
        _("Enter a postcode, choose a council area, or choose “I don’t know where they live”"),
        self=_("Enter your postcode, choose your council area, or choose “I would rather not say”"),
    ),
)

# Leads to the restricted desks: whoever reads it must not be the person, their relative or their colleague.
WORK_AND_FAMILY = Group(
    (
        Question(
            "work_and_family",
            Kind.ANY_OF,
            ByKind(
                _("Do any of these apply to them? (optional)"),
                self=_("Do any of these apply to you? (optional)"),
            ),
            Whose.PERSON,
            hint=_("This helps us to choose who deals with it. Select all that apply."),
            choices=(
                Choice("police", ByKind(_("They work for the police"), self=_("I work for the police"))),
                Choice("council", ByKind(_("They work for a council"), self=_("I work for a council"))),
                Choice(
                    "children",
                    ByKind(_("They work or volunteer with children"), self=_("I work or volunteer with children")),
                    _("For example: in a school, a nursery or a club"),
                ),
                Choice(
                    "close",
                    ByKind(
                        _("Someone in their family, or close to them, works for the police, a council or Prevent"),
                        self=_("Someone in my family, or close to me, works for the police, a council or Prevent"),
                    ),
                    ByKind(_("This may be you."), self=""),
                ),
                Choice("none", _("None of these"), exclusive=True),
                Choice(UNKNOWN, _("I don’t know"), exclusive=True),
            ),
            short=_("Work and family"),
        ),
    ),
    heading=ByKind(_("Their work and family"), self=_("Your work and family")),
)

PERSON_2026_11 = Page(
    slug="person",
    title=_("Who are you worried about?"),
    section=_("The person"),
    asked_if=AT_WORK,
    groups=(WHO, AGE),
    rules=(SOMEBODY,),
)
PERSON = replace(PERSON_2026_11, groups=(WHO, AGE, WORK_AND_FAMILY))
PERSON_PLACE = Page(
    slug="place",
    title=_("Where do they live?"),
    section=_("Where they live"),
    asked_if=AT_WORK,
    groups=(Group(PLACE.questions, intro=PLACE.intro),),
    rules=(SOMEWHERE,),
)
PERSON_AND_PLACE_2026_11 = Page(
    slug="who-and-where",
    title=ByKind(_("Who are you worried about?"), self=_("Tell us about yourself")),
    section=ByKind(_("The person"), self=_("About yourself")),
    asked_if=unless("referrer_kind", WORK),
    groups=(WHO, AGE, PLACE, OWN_AREA),
    rules=(SOMEBODY, SOMEWHERE),
)
PERSON_AND_PLACE = replace(PERSON_AND_PLACE_2026_11, groups=(WHO, AGE, WORK_AND_FAMILY, PLACE, OWN_AREA))
