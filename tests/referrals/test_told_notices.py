"""The notices for whoever is told: four readers, two languages, plain sentences, a version that says which words."""

from hashlib import sha256

import pytest
from django.utils import timezone

from documents.typesetting import typeset
from people.models import NoticeFor, NoticeLanguage
from people.models.telling import NOTICE_VERSION
from referrals.told_notices import NOTICES, notice_in, paper_of_notice

# The words of each version, in English: whoever changes them counts `NOTICE_VERSION` on and writes a line here.
WORDS = {"1": "d6ca1aef09978de6"}
LONGEST = {NoticeFor.CHILD: 22}


def said(notice):
    return [notice.title, notice.first, *(line for asked, lines in notice.answers for line in (asked, *lines))]


def test_there_is_one_for_each_reader_and_each_has_its_own_words():
    assert set(NOTICES) == set(NoticeFor)
    assert len({str(notice.title) for notice in NOTICES.values()}) == len(NOTICES)


def test_other_words_are_another_version():
    english = "\n".join(line for kind in NoticeFor for line in said(notice_in("en", NOTICES[kind])))
    assert WORDS[NOTICE_VERSION] == sha256(english.encode()).hexdigest()[:16]


@pytest.mark.parametrize("kind", NoticeFor)
def test_each_says_what_prevent_is_what_is_held_the_rights_whom_to_ask_and_how_to_complain(kind):
    text = " ".join(said(notice_in("en", NOTICES[kind])))
    for word in ("What is Prevent?", "What happens now?", "What can I ask for?", "Whom can I ask?", "complain"):
        assert word in text
    assert "not a crime" in text and "ico.org.uk" in text
    assert "Channel" not in text


@pytest.mark.parametrize("kind", NoticeFor)
def test_sentences_are_short(kind):
    for line in said(notice_in("en", NOTICES[kind])):
        for sentence in line.split(". "):
            assert len(sentence.split()) <= LONGEST.get(kind, 36), sentence


@pytest.mark.parametrize("kind", NoticeFor)
def test_each_is_in_welsh_too(kind):
    english, welsh = (said(notice_in(language, NOTICES[kind])) for language in ("en", "cy"))
    same = {one for one, other in zip(english, welsh, strict=True) if one == other}
    assert {line.strip("_") for line in same} == {""}


@pytest.mark.parametrize("language", NoticeLanguage)
def test_it_is_a_pdf_without_a_marking_that_says_its_version(language):
    paper = paper_of_notice(language, NOTICES[NoticeFor.CHILD], now=timezone.now())
    assert paper.marking == "" and paper.footer.endswith(NOTICE_VERSION)
    assert typeset(paper).startswith(b"%PDF")
