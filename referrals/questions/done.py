"""What has been done so far: who has been told, and what came of it."""

from django.utils.translation import gettext_lazy as _

from referrals.questions.concern import NOT_ABOUT_MYSELF
from referrals.questions.shapes import UNKNOWN, ByKind, Choice, Group, Kind, Page, Question, Whose

DONE = Page(
    slug="what-has-been-done",
    title=ByKind(_("What has been done so far?"), self=_("Have you told anyone else?")),
    section=ByKind(_("What has been done"), self=_("Who knows")),
    groups=(
        Group(
            (
                Question(
                    "told",
                    Kind.ANY_OF,
                    ByKind(_("Who have you told about this?"), self=_("Who have you told about this?")),
                    Whose.PERSON,
                    hint=_("Select all that apply."),
                    choices=(
                        Choice(
                            "lead",
                            ByKind(
                                _("A safeguarding or Prevent lead"),
                                self=_("Someone at school, college or work"),
                            ),
                        ),
                        Choice("police", _("The police")),
                        Choice("council", _("A council or social worker")),
                        Choice("school", _("A school, college or university")),
                        Choice("health", _("A doctor, nurse or mental health team")),
                        Choice("family", ByKind(_("Someone in their family"), self=_("Someone in my family"))),
                        Choice("other", _("Someone else")),
                        Choice("nobody", _("Nobody yet"), exclusive=True),
                        Choice(UNKNOWN, _("I don’t know"), exclusive=True),
                    ),
                    required=True,
                    missing=_("Say who you have told, or choose “Nobody yet”"),
                    short=_("Who you have told"),
                ),
                Question(
                    "action_taken",
                    Kind.LONG_TEXT,
                    ByKind(
                        _("What have you or others done about it, and what came of it? (optional)"),
                        self=_("Has anyone helped you already? (optional)"),
                    ),
                    Whose.PERSON,
                    hint=ByKind(
                        _("For example: who you spoke to, when, and what they said"),
                        self=_("For example: a teacher, a doctor or a friend"),
                    ),
                    max_length=5_000,
                    short=ByKind(_("What has been done"), self=_("Help so far")),
                ),
            )
        ),
        Group(
            (
                Question(
                    "subject_told",
                    Kind.ANY_OF,
                    _("Does the person know about this referral?"),
                    Whose.PERSON,
                    hint=_("Select all that apply."),
                    choices=(
                        Choice("person", _("I told the person")),
                        Choice("parents", _("I told their parents or carers")),
                        Choice("nobody", _("No, nobody has told them"), exclusive=True),
                        Choice(UNKNOWN, _("I don’t know"), exclusive=True),
                    ),
                    asked_if=NOT_ABOUT_MYSELF,
                    short=_("Person or parents told"),
                ),
                Question(
                    "subject_response",
                    Kind.LONG_TEXT,
                    _("What did they say? (optional)"),
                    Whose.PERSON,
                    asked_if=NOT_ABOUT_MYSELF,
                    max_length=5_000,
                    short=_("What they said"),
                ),
                Question(
                    "anonymous",
                    Kind.ONE_OF,
                    _("Do you want us to keep your name from the person?"),
                    Whose.REFERRER,
                    hint=_("We try to, but cannot promise it: a court can ask for it, or they may guess."),
                    choices=(
                        Choice("yes", _("Yes, do not tell them who I am")),
                        Choice("no", _("No, you may tell them")),
                        Choice(UNKNOWN, _("I don’t know yet")),
                    ),
                    asked_if=NOT_ABOUT_MYSELF,
                    short=_("Keep your name from the person"),
                ),
            ),
            heading=_("Telling the person or their parents"),
            notice=_("Not told them? Send this first. Do not investigate."),
        ),
    ),
)
