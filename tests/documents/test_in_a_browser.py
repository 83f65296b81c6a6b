"""Uploading in a real browser: with the script as soon as files are chosen, without it by the page's own button."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from audit.agents import Agent
from audit.context import recording
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import Verdict
from documents.models import Upload
from tests.components.axe import faults, violations
from tests.documents import hostile
from tests.documents.files import HONEST
from tests.documents.making import added
from tests.live import LiveSite
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.referrals.answering import shortest
from tests.referrals.views.conftest import Visitor, visitor

pytestmark = pytest.mark.browser
__all__ = ["visitor"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Files on the reader's disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = {**HONEST, "bad.exe": hostile.MZ, "worse.svg": hostile.SVG, "large.txt": b"x" * (20 * 1024 * 1024 + 1)}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return {name: str(folder / name) for name in made}


def at_documents(page: Page, site: LiveSite) -> str:
    """The page with the upload, in the middle of a form about oneself."""
    page.goto(site.at("/"))
    page.get_by_role("button", name="Start now").first.click()
    base = page.url.rsplit("/", 2)[0]
    for slug, answers in (("danger", {"danger": "no"}), ("you", {"referrer_kind": "self"})):
        page.goto(f"{base}/{slug}/")
        for name, value in answers.items():
            page.locator(f"[name={name}][value={value}]").check()
        page.get_by_role("button", name="Continue").last.click()
    page.goto(f"{base}/more/")
    return f"{base}/more/"


def test_files_are_sent_as_they_are_chosen_and_nothing_typed_is_lost(
    page: Page, site: LiveSite, files: dict[str, str]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    at_documents(page, site)
    page.get_by_label("Languages you speak").fill("Polish")
    chosen = [files[name] for name in ("letter.pdf", "bad.exe", "photo.jpg", "worse.svg", "large.txt")]
    page.locator("input[type=file]").set_input_files(chosen)
    section = page.locator("#documents")
    section.get_by_text("photo.jpg", exact=False).first.wait_for()
    section.get_by_text("larger than 20 MB").wait_for()
    problems = section.get_by_role("alert")
    assert "bad.exe: this kind of file cannot be taken" in problems.inner_text()
    assert "worse.svg: this kind of file cannot be taken" in problems.inner_text()
    assert section.get_by_role("button", name="Upload", exact=True).count() == 0
    assert violations(page) == []
    section.get_by_role("button", name="Remove letter.pdf").click()
    section.get_by_role("button", name="Remove letter.pdf").wait_for(state="detached")
    assert page.get_by_label("Languages you speak").input_value() == "Polish"
    assert [upload.name for upload in Upload.objects.all()] == ["photo.jpg"]
    assert complaints == []


def test_who_goes_on_while_files_are_on_their_way_leaves_when_each_has_arrived_once(
    page: Page, site: LiveSite, files: dict[str, str]
) -> None:
    at_documents(page, site)
    page.locator("input[type=file]").set_input_files([files["letter.pdf"], files["photo.jpg"]])
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**?change=1**")
    assert sorted(upload.name for upload in Upload.objects.all()) == ["letter.pdf", "photo.jpg"]


def test_who_goes_on_while_a_file_is_refused_stays_and_reads_why(
    page: Page, site: LiveSite, files: dict[str, str]
) -> None:
    here = at_documents(page, site)
    page.locator("input[type=file]").set_input_files([files["bad.exe"], files["photo.jpg"]])
    page.get_by_role("button", name="Continue").last.click()
    page.locator("#documents").get_by_role("button", name="Remove photo.jpg").wait_for()
    page.locator("#documents").get_by_text("bad.exe: this kind of file cannot be taken").first.wait_for()
    assert page.url == here
    page.wait_for_timeout(1100)  # the button takes a second click within a second for a slip of the finger
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**?change=1**")
    assert [upload.name for upload in Upload.objects.all()] == ["photo.jpg"]


def test_enter_in_a_box_of_text_removes_nothing(page: Page, site: LiveSite, files: dict[str, str]) -> None:
    at_documents(page, site)
    page.locator("input[type=file]").set_input_files([files["letter.pdf"]])
    page.locator("#documents").get_by_role("button", name="Remove letter.pdf").wait_for()
    page.get_by_label("Languages you speak").press("Enter")
    page.wait_for_url("**?change=1**")
    assert "missing=1" in page.url, "it went on, to what is still to be answered"
    assert page.locator("html").get_attribute("lang") == "en"
    assert Upload.objects.count() == 1


def test_without_a_script_the_pages_own_button_sends_them(
    browser: Browser, site: LiveSite, files: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        at_documents(page, site)
        page.locator("[name=languages]").fill("Polish")
        page.locator("input[type=file]").set_input_files(
            [files["letter.pdf"], files["bad.exe"], files["telephone.heic"]]
        )
        page.get_by_role("button", name="Upload", exact=True).click()
        assert "bad.exe: this kind of file" in page.content()
        assert page.locator("[name=languages]").input_value() == "Polish"
        page.get_by_role("button", name="Remove letter.pdf").click()
        assert page.get_by_role("button", name="Remove telephone.jpg").count() == 1
        assert page.locator("[name=languages]").input_value() == "Polish"
    finally:
        context.close()


@pytest.mark.django_db
def test_the_public_pages_have_nothing_the_matter_with_files(visitor: Visitor, page: Page) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    visitor.has_answered(shortest("work"))
    url = visitor.url("anything-else")
    long = "a-very-long-name-without-a-break-" + "x" * 60 + ".txt"
    sent = [SimpleUploadedFile(name, b"words") for name in ("notes.txt", long)]
    visitor.post(url, {"documents": sent, "upload": "1"})
    conclude_scan(file_id=Upload.objects.all()[0].pk, verdict=Verdict.INFECTED, by=Agent.SWEEPER, now=timezone.now())
    found = faults(page, visitor.see("anything-else"), "documents-listed")
    wrong = visitor.post(url, {"documents": [SimpleUploadedFile(f"{name}.exe", hostile.MZ) for name in "ab"]})
    found += faults(page, wrong, "documents-wrong")
    assert found + faults(page, visitor.see("check"), "documents-check") == []


@pytest.mark.django_db
def test_the_pages_of_officers_have_nothing_the_matter_with_documents(page: Page, client: Client) -> None:
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officer = officer_of(dispatch.agency)
        documents = [added(dispatch, officer, name=f"{number}-" + "x" * 40 + ".txt") for number in range(3)]
        for document, verdict in zip(documents, (Verdict.CLEAN, Verdict.INFECTED), strict=False):
            conclude_scan(file_id=document.pk, verdict=verdict, by=Agent.SWEEPER, now=timezone.now())
        client.force_login(officer)
    found = faults(page, client.get(f"/casework/referrals/{dispatch.referral_id}/"), "referral-documents")
    found += faults(page, client.get(f"/casework/referrals/{dispatch.referral_id}/print/"), "referral-documents-print")
    add = f"/casework/dispatches/{dispatch.pk}/document/"
    found += faults(page, client.get(add), "add-document")
    assert found + faults(page, client.post(add, {"source": ""}), "add-document-wrong") == []
