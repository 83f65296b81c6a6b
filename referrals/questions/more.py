"""Complex needs, and on one page everything else that a referrer may happen to know. Nothing here is required."""

from django.utils.translation import gettext_lazy as _

from referrals.questions.referrer import AT_WORK
from referrals.questions.shapes import (
    UNKNOWN,
    WORK,
    ByKind,
    Choice,
    Group,
    Kind,
    Page,
    Question,
    Whose,
    unless,
)

COMPLEX_NEEDS = Question(
    "complex_needs",
    Kind.LONG_TEXT,
    ByKind(
        _("What else is going on in their life? (optional)"),
        self=_("What else is going on in your life? (optional)"),
    ),
    Whose.PERSON,
    hint=_("Say if you know it, or only think it."),
    prompts=(
        _("bullying, abuse, or being a victim of a crime"),
        _("trouble with money, work or housing"),
        _("family or relationship problems, loss, or court"),
        _("a learning need or disability, autism, or mental health: say if a doctor has confirmed it"),
        _("drugs, alcohol, self-harm, or violent or unusual behaviour"),
        _("a strong feeling that something is unfair, or belief in conspiracy theories"),
    ),
    max_length=10_000,
    short=_("Needs and difficulties"),
)

NEEDS = Page(
    slug="needs",
    title=_("Does the person have other needs?"),
    section=_("Other needs"),
    asked_if=AT_WORK,
    groups=(Group((COMPLEX_NEEDS,)),),
)

LANGUAGES = Question(
    "languages",
    Kind.TEXT,
    ByKind(_("Languages they speak"), self=_("Languages you speak")),
    Whose.PERSON,
    hint=ByKind(
        _("Say if they need an interpreter or British Sign Language."),
        self=_("Say if you need an interpreter."),
    ),
    short=_("Languages"),
)
NATIONALITY = Question("nationality", Kind.TEXT, _("Nationality"), Whose.PERSON)
GENDER = Question(
    "gender",
    Kind.ONE_OF,
    _("Gender"),
    Whose.PERSON,
    choices=(
        Choice("female", _("Female")),
        Choice("male", _("Male")),
        Choice("other", _("Something else")),
        Choice(UNKNOWN, ByKind(_("I don’t know"), self=_("I would rather not say"))),
    ),
)
HOUSEHOLD = Question(
    "household",
    Kind.LONG_TEXT,
    ByKind(_("Who they live with, and close family"), self=_("Who you live with")),
    Whose.PERSON,
    hint=ByKind(_("For a child, who are their parents or carers?"), self=""),
    max_length=2_000,
    short=_("Household and family"),
)
AGENCIES = Question(
    "other_agencies",
    Kind.LONG_TEXT,
    ByKind(_("Other people who help them"), self=_("Other people who help you")),
    Whose.PERSON,
    hint=_("For example: a social worker, a youth worker or a mental health team. Give names if you can."),
    max_length=2_000,
    short=_("Other agencies"),
)
PHONE = Question(
    "person_phone",
    Kind.PHONE,
    ByKind(_("Their phone number"), self=_("Another phone number for you")),
    Whose.PERSON,
    max_length=100,
    spellcheck=False,
    short=_("Phone"),
)
EMAIL = Question(
    "person_email",
    Kind.TEXT,
    ByKind(_("Their e-mail address"), self=_("Another e-mail address for you")),
    Whose.PERSON,
    max_length=254,
    spellcheck=False,
    short=_("E-mail"),
)
ONLINE = Question(
    "online_accounts",
    Kind.LONG_TEXT,
    ByKind(_("Their social media and gaming names"), self=_("Your social media and gaming names")),
    Whose.PERSON,
    hint=_("The site or app, and the name used there"),
    max_length=2_000,
    spellcheck=False,
    short=_("Social media and gaming"),
)
ANYTHING_ELSE = Question(
    "anything_else",
    Kind.LONG_TEXT,
    _("Anything else you want to tell us"),
    Whose.PERSON,
    hint=_("Also say here if you have messages, pictures or papers that you cannot upload below. Keep those safe."),
    max_length=5_000,
    short=_("Anything else"),
)

DETAILS = (
    Group((LANGUAGES, NATIONALITY, GENDER)),
    Group(
        (PHONE, EMAIL, ONLINE),
        heading=ByKind(_("How they can be reached"), self=_("Other ways to reach you")),
    ),
    Group((HOUSEHOLD, AGENCIES), heading=ByKind(_("People around them"), self=_("People around you"))),
)
INTRO = (_("You can leave any of these empty. Do not try to find things out: tell us only what you know."),)

MORE = Page(
    slug="anything-else",
    title=_("Anything else you know"),
    section=_("Anything else"),
    intro=INTRO,
    asked_if=AT_WORK,
    groups=(*DETAILS, Group((ANYTHING_ELSE,))),
    documents=True,
)
MORE_AND_NEEDS = Page(
    slug="more",
    title=_("Anything else you know"),
    section=_("Anything else"),
    intro=INTRO,
    asked_if=unless("referrer_kind", WORK),
    groups=(Group((COMPLEX_NEEDS,)), *DETAILS, Group((ANYTHING_ELSE,))),
    documents=True,
)
