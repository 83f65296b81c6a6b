"""What is downloaded, and never shown inside a page."""

from django.http import HttpResponse

from documents.paper import Paper
from documents.typesetting import typeset


def pdf_response(paper: Paper, *, name: str) -> HttpResponse:
    """A PDF to keep. `name` is a reference or another word without personal data."""
    headers = {"Content-Disposition": f'attachment; filename="referral-{name}.pdf"'}
    return HttpResponse(typeset(paper), content_type="application/pdf", headers=headers)
