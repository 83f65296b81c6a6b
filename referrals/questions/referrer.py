"""Who makes the referral: four kinds of people, and for people at work their organisation."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from referrals.questions.shapes import (
    FAMILY,
    PUBLIC,
    SELF,
    UNKNOWN,
    WORK,
    Choice,
    Group,
    Kind,
    OneOf,
    Page,
    Question,
    Whose,
    when,
)

AT_WORK = when("referrer_kind", WORK)

KIND_OF_REFERRER = Question(
    "referrer_kind",
    Kind.ONE_OF,
    _("Which of these are you?"),
    Whose.REFERRER,
    choices=(
        Choice(
            WORK,
            _("I am worried about someone I know through my work"),
            _("For example: a teacher, nurse or officer"),
        ),
        Choice(FAMILY, _("I am worried about a friend or someone in my family")),
        Choice(PUBLIC, _("I am a member of the public, worried about someone else")),
        Choice(SELF, _("It is about me: I want help for myself")),
    ),
    required=True,
    missing=_("Say which of these you are"),
    short=_("Who you are"),
)

CONTACT = (
    Question(
        "referrer_name",
        Kind.TEXT,
        _("Your name"),
        Whose.REFERRER,
        required_if=AT_WORK,
        missing=_("Enter your name"),
        autocomplete="name",
        spellcheck=False,
    ),
    Question(
        "referrer_email",
        Kind.EMAIL,
        _("Your e-mail address"),
        Whose.REFERRER,
        hint=_("We will send your reference here. The e-mail says nothing about the person."),
        max_length=254,
        autocomplete="email",
        spellcheck=False,
    ),
    Question(
        "referrer_phone",
        Kind.PHONE,
        _("Your phone number"),
        Whose.REFERRER,
        max_length=40,
        autocomplete="tel",
        spellcheck=False,
    ),
)

# Asked in the first version only: one answer for two people says too little of either.
OLD_RESTRICTED_WORK = "restricted_work"
_RESTRICTED_WORK_2026_11 = Question(
    OLD_RESTRICTED_WORK,
    Kind.ANY_OF,
    _("Do you, or the person you are worried about, work in any of these?"),
    Whose.PERSON,
    hint=_("This helps to decide who should deal with it."),
    choices=(
        Choice("police", _("The police")),
        Choice("council", _("A council")),
        Choice("children", _("Work with children")),
        Choice("none", _("None of these"), exclusive=True),
        Choice(UNKNOWN, _("I don’t know"), exclusive=True),
    ),
    short=_("Work for the police, a council or with children"),
)

YOU = Page(
    slug="you",
    title=_("Who are you?"),
    section=_("About you"),
    groups=(
        Group((KIND_OF_REFERRER,)),
        Group(
            CONTACT,
            heading=_("How to reach you"),
            intro=(
                _("If you contact us through your work, we need your name and a way to reach you."),
                _(
                    "Everyone else may leave these empty. We can often do more if we can ask you questions. "
                    "We try to keep your name private, but we cannot promise it: a court can ask for it, "
                    "or the person may guess."
                ),
            ),
        ),
    ),
    rules=(
        OneOf(
            ("referrer_email", "referrer_phone"),
            _("Enter an e-mail address or a phone number, so that an officer can reach you"),
            required_if=AT_WORK,
        ),
    ),
)
YOU_2026_11 = replace(YOU, groups=(*YOU.groups, Group((_RESTRICTED_WORK_2026_11,))))

YOUR_WORK = Page(
    slug="your-work",
    title=_("About your work"),
    section=_("Your work"),
    asked_if=AT_WORK,
    groups=(
        Group(
            (
                Question(
                    "referrer_role",
                    Kind.TEXT,
                    _("Your job or role"),
                    Whose.REFERRER,
                    hint=_("For example: form tutor, or practice nurse"),
                    required=True,
                    missing=_("Enter your job or role"),
                    autocomplete="organization-title",
                ),
                Question(
                    "referrer_organisation",
                    Kind.TEXT,
                    _("Your organisation"),
                    Whose.REFERRER,
                    hint=_("For example: the name of your school or surgery"),
                    required=True,
                    missing=_("Enter the name of your organisation"),
                    autocomplete="organization",
                ),
                Question(
                    "referrer_postcode",
                    Kind.POSTCODE,
                    _("Your organisation’s postcode (optional)"),
                    Whose.REFERRER,
                    hint=_(
                        "This helps us find the right police and council if you do not know where the person lives."
                    ),
                    max_length=12,
                    autocomplete="postal-code",
                    spellcheck=False,
                    short=_("Your organisation’s postcode"),
                ),
            )
        ),
        Group(
            (
                Question(
                    "prevent_lead",
                    Kind.TEXT,
                    _("Your organisation’s Prevent or safeguarding lead (optional)"),
                    Whose.OTHERS,
                    hint=_("Their name, and an e-mail address or phone number. Leave this empty if it is you."),
                    max_length=300,
                    spellcheck=False,
                    short=_("Prevent or safeguarding lead"),
                ),
                Question(
                    "first_noticed_by",
                    Kind.TEXT,
                    _("Who first noticed the concern, if it was not you? (optional)"),
                    Whose.OTHERS,
                    hint=_("Their name and role, and how to reach them"),
                    max_length=300,
                    spellcheck=False,
                    short=_("Who first noticed"),
                ),
            ),
            heading=_("Other people we may need"),
        ),
    ),
)
