"""What has been seen or heard: the concern comes before anything about the person."""

from django.utils.translation import gettext_lazy as _

from referrals.questions.shapes import (
    SELF,
    UNKNOWN,
    ByKind,
    Choice,
    Group,
    Kind,
    Page,
    Question,
    Whose,
    unless,
)

NOT_ABOUT_MYSELF = unless("referrer_kind", SELF)

PROMPTS = (
    ByKind(_("how you came to notice, and what has changed"), self=_("how it started, and what has changed")),
    ByKind(
        _("what was said or written: their own words, if you can"),
        self=_("what you have been thinking or saying"),
    ),
    ByKind(
        _("any wish to hurt someone, or any threat: who said it, to whom and when"),
        self=_("any wish to hurt someone or yourself"),
    ),
    ByKind(
        _("people or groups they are in touch with who worry you: who, why and how often"),
        self=_("people or groups you are in touch with: who, and how often"),
    ),
    ByKind(
        _("what they do online, on their phone or in games, and how you know"),
        self=_("what you see or do online, on your phone or in games"),
    ),
    _("any plan to travel to a place where there is fighting"),
    _("an interest in hate crime, terrorism, mass killings, school attacks or killings of public figures"),
    ByKind(_("anything else that worries you"), self=_("anything else you want to say")),
)

CONCERN = Page(
    slug="concern",
    title=ByKind(_("What are you worried about?"), self=_("What would you like help with?")),
    section=ByKind(_("Your concern"), self=_("What you would like help with")),
    groups=(
        Group(
            (
                Question(
                    "concern",
                    Kind.LONG_TEXT,
                    ByKind(
                        _("What have you seen or heard that worries you?"),
                        self=_("What is happening, and what would you like help with?"),
                    ),
                    Whose.PERSON,
                    hint=_("Use your own words. You do not need to be sure, and you do not need proof."),
                    prompts=PROMPTS,
                    required=True,
                    missing=ByKind(
                        _("Say what you have seen or heard that worries you"),
                        self=_("Say what you would like help with"),
                    ),
                    max_length=20_000,
                    short=ByKind(_("What worries you"), self=_("What is happening")),
                ),
                Question(
                    "how_known",
                    Kind.ANY_OF,
                    _("How do you know?"),
                    Whose.NOBODY,
                    hint=_("Select all that apply."),
                    choices=(
                        Choice("seen", _("I saw or heard it myself")),
                        Choice("told_by_them", _("They told me")),
                        Choice("told_by_other", _("Someone else told me")),
                        Choice("online", _("I saw it online or in messages")),
                        Choice("work", _("From school work, notes or records")),
                        Choice("other", _("In another way")),
                        Choice(UNKNOWN, _("I don’t know, or I would rather not say"), exclusive=True),
                    ),
                    asked_if=NOT_ABOUT_MYSELF,
                    required=True,
                    missing=_("Say how you know"),
                    short=_("How you know"),
                ),
                Question(
                    "when_noticed",
                    Kind.ONE_OF,
                    ByKind(
                        _("When did you last see or hear something that worried you?"),
                        self=_("When did this start?"),
                    ),
                    Whose.PERSON,
                    choices=(
                        Choice("today", _("Today")),
                        Choice("week", _("In the last 7 days")),
                        Choice("month", _("In the last month")),
                        Choice("longer", _("Longer ago")),
                        Choice(UNKNOWN, _("I don’t know")),
                    ),
                    required=True,
                    missing=ByKind(
                        _("Say when you last saw or heard something that worried you"),
                        self=_("Say when this started"),
                    ),
                    short=ByKind(_("When you last noticed something"), self=_("When it started")),
                ),
                Question(
                    "when_detail",
                    Kind.TEXT,
                    _("Dates and times, if you know (optional)"),
                    Whose.PERSON,
                    hint=ByKind(
                        _("For example: first noticed in September, last time on Monday after lunch"),
                        self=_("For example: it began in September"),
                    ),
                    max_length=500,
                    short=_("Dates and times"),
                ),
            )
        ),
    ),
)
