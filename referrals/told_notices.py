"""What people are given on paper when they are told that they were referred: one notice for each age, and for parents.

They say what the service does and what the page "If you were referred" says, in words for their reader. Officers give
them; `people.models.telling.NOTICE_VERSION` is kept with the record, and counts on when words change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from documents.paper import Paper, Part
from people.models import NoticeFor
from people.models.telling import NOTICE_VERSION

Words = str | Promise


@dataclass(frozen=True)
class Notice:
    """A title, a first sentence, and questions with their answers."""

    title: Words
    first: Words
    answers: Sequence[tuple[Words, Sequence[Words]]]


_NO_CRIME = _(
    "Being referred is not a crime, and it does not give you a criminal record. Somebody was worried about you. Support"
    " is your choice."
)
_ASK_BOTH = _(
    "It is held by the police and by the council where you live. Each decides for itself and answers for itself, so ask"
    " both."
)
_ICO = _("You can go to the Information Commissioner’s Office at ico.org.uk at any time, and to a court.")
_ANSWER_IN_TIME = _(
    "Within one month. If you asked for a lot, the council may take two months more, and must tell you. The answer"
    " comes in writing."
)
_OFFICERS = _(
    "Ask the data protection officer of your police force and of your council. Both have an address on their websites."
)
_WHO_GAVE = _("Ask the person who gave you this page. Their name and how to reach them:")
_LINE = "________________________________________"
_RIGHTS = (
    _("You can have a copy of what is held about you."),
    _("You can have what is wrong put right, or your own account put beside it."),
    _("You can say that it should not be used. They must stop unless they show a strong reason."),
    _("They must delete what they may not hold. If it is disputed, or needed as evidence, it is locked instead."),
)
_PREVENT = _(
    "Prevent is run by councils, the police and the Home Office. It offers help early: somebody to talk to, or help"
    " with school, work, health or home. Nobody has to take it."
)

CHILD = Notice(
    _("For you: somebody was worried about you"),
    _("You are not in trouble. This page tells you what happened and what you can ask."),
    (
        (
            _("What is Prevent?"),
            (
                _("Prevent is a way to help people early."),
                _("It is for when somebody may be pulled towards people or ideas that hurt others."),
            ),
        ),
        (
            _("Why am I told this?"),
            (
                _("Somebody was worried about you. They told the police and the council."),
                _("That is not a crime, and you get no criminal record."),
            ),
        ),
        (
            _("What happens now?"),
            (
                _("Grown-ups at the police and the council think about what could help you."),
                _("If there is help for you, your parent or carer is asked first. Nobody has to take it."),
            ),
        ),
        (
            _("What do they keep about me?"),
            (
                _("What somebody said they saw or heard."),
                _("What the police and the council found out and decided, and why."),
                _("A list of everyone who looked at it."),
            ),
        ),
        (
            _("What can I ask for?"),
            (
                _("You can ask to see what they keep about you."),
                _("You can say what is wrong, and ask them to put it right."),
                _("A grown-up you trust can ask for you. It costs nothing."),
            ),
        ),
        (_("Whom can I ask?"), (_("Ask the person who gave you this. They write their name here:"), _LINE)),
        (
            _("What if I am not happy with it?"),
            (
                _("Tell the person who gave you this page, or a grown-up you trust."),
                _("You or they can complain to the police and to the council, and to the Information Commissioner’s"
                  " Office at ico.org.uk."),
            ),
        ),
    ),
)  # fmt: skip
YOUNG_PERSON = Notice(
    _("You were referred to Prevent: what that means for you"),
    _NO_CRIME,
    (
        (_("What is Prevent?"), (_PREVENT,)),
        (
            _("Why was I referred?"),
            (
                _("Somebody was worried that you may be drawn towards people or ideas that harm others, or you."),
                _("They told the police and the council, who look at it together."),
            ),
        ),
        (
            _("What happens now?"),
            (
                _("The police and the council consider whether there is something for Prevent, or for another service"
                  " that can help."),
                _("If support is offered, you are asked whether you want it. While you are a child a parent or carer is"
                  " asked too."),
            ),
        ),
        (
            _("What is held about me?"),
            (
                _("the referral: what somebody said they saw or heard, and what they know about you"),
                _("what the police, the council and others found out and decided, and why"),
                _("a record of everyone who looked at it"),
                _ASK_BOTH,
            ),
        ),
        (
            _("What can I ask for?"),
            (*_RIGHTS, _("You do not pay. You can ask yourself, or a parent, carer or another adult can ask for you.")),
        ),
        (_("When do I get an answer?"), (_ANSWER_IN_TIME,)),
        (_("Whom can I ask?"), (_WHO_GAVE, _LINE, _OFFICERS)),
        (
            _("How can I complain?"),
            (_("Complain to the same office first, about how you were treated or about what is held."), _ICO),
        ),
    ),
)  # fmt: skip
_HOLD_BACK = _(
    "Sometimes they may hold back a part, for example to protect someone else or an investigation. They must give you"
    " their reasons unless that itself would do harm, and say where you can complain."
)
ADULT = Notice(
    _("You were referred to Prevent"),
    _NO_CRIME,
    (
        (_("What is Prevent?"), (_PREVENT,)),
        (
            _("What happens now?"),
            (
                _("The police and the council consider whether there is something for Prevent, or for another service"
                  " that can help."),
                _("If support is offered, you are asked whether you want it."),
            ),
        ),
        (
            _("What is held about me?"),
            (
                _("the referral: what somebody said they saw or heard, and what they know about you"),
                _("what the police, the council and others found out and decided, and why"),
                _("if you took support: what was agreed and what came of it"),
                _("a record of everyone who looked at it"),
                _ASK_BOTH,
            ),
        ),
        (
            _("What can I ask for?"),
            (
                *_RIGHTS,
                _("You do not need a special form, you do not pay, and somebody else can ask for you. A parent or carer"
                  " can ask for a child."),
            ),
        ),
        (_("When do I get an answer?"), (_ANSWER_IN_TIME, _HOLD_BACK)),
        (_("Whom can I ask?"), (_WHO_GAVE, _LINE, _OFFICERS)),
        (
            _("How can I complain?"),
            (_("Complain to the same office first, about how you were treated or about what is held."), _ICO),
        ),
    ),
)  # fmt: skip
CARER = Notice(
    _("Your child was referred to Prevent: for parents and carers"),
    _("Being referred is not a crime, and it does not give your child a criminal record. Somebody was worried about"
      " your child. Support is a choice."),
    (
        (_("What is Prevent?"), (_PREVENT,)),
        (
            _("What happens now?"),
            (
                _("The police and the council consider whether there is something for Prevent, or for another service"
                  " that can help."),
                _("If support is offered, you are asked whether you agree to it for your child."),
            ),
        ),
        (
            _("What is held about my child?"),
            (
                _("what somebody said they saw or heard, and what they know about your child"),
                _("what the police, the council and others found out and decided, and why"),
                _("It may say something about you too."),
                _ASK_BOTH,
            ),
        ),
        (
            _("What can I ask for?"),
            (
                _("You can ask for your child: to see what is held, to have what is wrong put right, to say that it"
                  " should not be used, and to have deleted what may not be held."),
                _("For what is held about you, you can ask the same for yourself."),
            ),
        ),
        (_("When do I get an answer?"), (_ANSWER_IN_TIME, _HOLD_BACK)),
        (_("Whom can I ask?"), (_WHO_GAVE, _LINE, _OFFICERS)),
        (
            _("How can I complain?"),
            (_("Complain to the same office first, about how you were treated or about what is held."), _ICO),
        ),
    ),
)  # fmt: skip
NOTICES = {
    NoticeFor.CHILD: CHILD,
    NoticeFor.YOUNG_PERSON: YOUNG_PERSON,
    NoticeFor.ADULT: ADULT,
    NoticeFor.CARER: CARER,
}
_COLUMNS = (_("Question"), _("Answer"))
_VERSION = _("Version: {version}")


def notice_in(language: str, notice: Notice) -> Notice:
    """The same in words of one language, en or cy."""
    with override(language):
        answers = [(str(asked), [str(each) for each in said]) for asked, said in notice.answers]
        return Notice(str(notice.title), str(notice.first), answers)


def paper_of_notice(language: str, notice: Notice, *, now: datetime) -> Paper:
    """The notice on paper, for whoever is told: without a marking, since it says nothing of anybody."""
    said = notice_in(language, notice)
    with override(language):
        columns = (str(_COLUMNS[0]), str(_COLUMNS[1]))
        footer = str(_VERSION).format(version=NOTICE_VERSION)
    part = Part("", columns, [(str(asked), [str(each) for each in lines]) for asked, lines in said.answers])
    return Paper(str(said.title), [str(said.first)], [part], footer, language=language, at=now, marking="")
