"""The notices that officers give to whom they tell, to read, print and save."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.permissions import Permission
from documents.responses import pdf_response
from people.models import NoticeFor, NoticeLanguage
from people.models.telling import NOTICE_VERSION
from referrals.told_notices import NOTICES, notice_in, paper_of_notice


@permission(Permission.RECORD_WRITE)
@require_safe
def notices(request: Request) -> HttpResponse:
    """One of them, in the language that the address asks for, and links to the others."""
    whom, language = _asked(request)
    context = {
        "whom": whom,
        "language": language,
        "notice": notice_in(language, NOTICES[whom]),
        "all_of_them": NoticeFor.choices,
        "languages": NoticeLanguage.choices,
        "version": NOTICE_VERSION,
    }
    return render(request, "desk/notices.html", context)


@permission(Permission.RECORD_WRITE, gives_file=True)
@require_safe
def notice_pdf(request: Request) -> HttpResponse:
    """The same as a PDF. It is about nobody: whom it is given to is recorded beside the person."""
    whom, language = _asked(request)
    paper = paper_of_notice(language, NOTICES[whom], now=timezone.now())
    return pdf_response(paper, name=f"notice-{whom.value}-{language}")


def _asked(request: Request) -> tuple[NoticeFor, NoticeLanguage]:
    """For whom, and in which language; an adult's in English where the address does not say, or makes no sense."""
    whom, language = request.GET.get("for"), request.GET.get("language")
    return (
        NoticeFor(whom) if whom in NoticeFor.values else NoticeFor.ADULT,
        NoticeLanguage(language) if language in NoticeLanguage.values else NoticeLanguage.ENGLISH,
    )
