"""Every public word has its Welsh: the catalogue is whole, the translator's list is fresh, the machinery sees all."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.core.management import call_command
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.trans_real import translation

from config.catalogue import gathering
from config.catalogue.compiling import compile_catalogue, compile_catalogues
from config.catalogue.gathering import FILE, as_text, brought_up_to_date, gathered, is_translated, new_catalogue, read
from config.catalogue.listing import LIST, listing
from config.catalogue.sources import ENGLISH_ONLY, found, is_english_only, public_files
from config.environment import CLONE
from config.run.steps import compile_languages

MESSAGES = [message for message in read() if message.id]
# The same in both languages: names, and words that are spelt alike.
ALIKE = {"Prevent", "Problem", "Call 101"}
SLOTS = re.compile(r"%\(\w+\)[sd]|%?\{\w+\}|%%|</?[a-z]+[^>]*>|&nbsp;")


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_the_catalogue_and_the_translators_list_hold_what_is_said_today():
    fresh = brought_up_to_date(read())
    assert FILE.read_text() == as_text(fresh), "run `make messages`"
    assert LIST.read_text() == listing(fresh), "run `make messages`"


def test_every_public_word_has_its_welsh():
    fresh = brought_up_to_date(read())
    assert [message.id for message in fresh if message.id and not is_translated(message)] == []


def test_no_welsh_is_english():
    same = {words for message in MESSAGES for words in ids(message) if words in forms(message)}
    assert same - ALIKE == {words for words in same - ALIKE if not re.search("[a-z]", words)}


def test_what_is_filled_in_and_what_is_marked_up_is_the_same_in_both_languages():
    differing = [
        (ids(message), form)
        for message in MESSAGES
        for form in forms(message)
        if sorted({slot.lower() for slot in SLOTS.findall(form)})
        != sorted({slot.lower() for words in ids(message) for slot in SLOTS.findall(words)})
    ]
    assert differing == []


def test_both_languages_end_a_sentence_or_neither_does():
    differing = [
        (message.id, message.string)
        for message in MESSAGES
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and (message.id.strip()[-1] in ".:?!") is not (message.string.strip()[-1] in ".:?!")
    ]
    assert differing == []


def test_counted_words_have_the_six_forms_of_welsh():
    counted = [message for message in MESSAGES if not isinstance(message.id, str)]
    assert counted
    assert {len(forms(message)) for message in counted} == {6}
    assert [read()._num_plurals, new_catalogue()._num_plurals] == [6, 6]


def test_months_are_spelt_as_in_wales():
    with override("cy"):
        months = [date_format(date(2026, month, 1), "F") for month in range(1, 13)]
    assert months[:6] == ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"]
    assert months[6:] == ["Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"]


def test_no_translation_waits_to_be_looked_at_again():
    assert not [message.id for message in MESSAGES if message.fuzzy]


@pytest.mark.parametrize("pattern", ENGLISH_ONLY)
def test_what_is_named_as_english_only_exists(pattern):
    folders = ("*/migrations/*", "*/management/*")
    assert pattern in folders or any(Path(path).match(pattern) or is_named(path, pattern) for path in found(CLONE))


def is_named(path: Path, pattern: str) -> bool:
    return path.as_posix().startswith(pattern.rstrip("*"))


def test_the_gathering_misses_no_marked_word_of_a_template():
    known = {words for message in gathered() if message.id for words in ids(message)}
    marked = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
    for path in public_files():
        if path.suffix != ".py":
            for pair in marked.findall((CLONE / path).read_text()):
                words = "".join(pair).replace("%", "%%")
                assert words in known, (path, words)


def test_a_word_that_was_just_added_is_missed_by_nobody(tmp_path):
    pages = tmp_path / "templates" / "front_door"
    pages.mkdir(parents=True)
    (pages / "new.html").write_text(
        "{% load i18n %}<p>it's\n"
        '  {% translate "Plain" %} {% translate "Marked" context "sort" %} {% component "tag" text=_("In a tag") %}\n'
        "{% blocktranslate trimmed count n=n %}One {{ n }}{% plural %}Many {{ n }}{% endblocktranslate %}</p>\n"
        "     {% blocktranslate %}Two\nlines{% endblocktranslate %}"
    )
    (tmp_path / "templates" / "desk").mkdir()
    (tmp_path / "templates" / "desk" / "new.html").write_text('{% load i18n %}{% translate "For officers" %}')
    (tmp_path / "referrals").mkdir()
    (tmp_path / "referrals" / "new.py").write_text(
        'a = _("In Python")\nb = pgettext_lazy("c", "Said")\nc = ngettext("%(n)s file", "%(n)s files", 2)\n_(name)\n'
    )
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "other.py").write_text('_("Not ours")')
    catalogue = brought_up_to_date(new_catalogue(), tmp_path)
    assert {message.id for message in catalogue if message.id} == {
        "Plain",
        "Marked",
        "In a tag",
        ("One %(n)s", "Many %(n)s"),
        "Two\nlines",
        "In Python",
        "Said",
        ("%(n)s file", "%(n)s files"),
    }
    assert not any(is_translated(message) for message in catalogue if message.id)
    assert {message.context for message in catalogue} == {None, "sort", "c"}


def test_what_is_translated_is_kept_and_what_is_no_longer_said_is_dropped(tmp_path):
    (tmp_path / "referrals").mkdir()
    (tmp_path / "referrals" / "new.py").write_text('_("Kept")\n_("New")')
    kept = new_catalogue()
    kept.add("Kept", "Cadwyd")
    kept.add("Gone", "Wedi mynd")
    fresh = brought_up_to_date(kept, tmp_path)
    assert {message.id: message.string for message in fresh if message.id} == {"Kept": "Cadwyd", "New": ""}


def test_a_new_file_is_public_until_it_is_named():
    assert not is_english_only(Path("anywhere/new.py"))
    assert is_english_only(Path("desk/views/new.py"))
    assert is_english_only(Path("referrals/management/commands/new.py"))


@pytest.fixture
def another_catalogue(tmp_path, monkeypatch):
    """The command on files of its own."""
    file, page = tmp_path / "django.po", tmp_path / "welsh.md"
    file.write_text(FILE.read_text())
    page.write_text(LIST.read_text())
    for name, value in (("FILE", file), ("LIST", page)):
        monkeypatch.setattr(f"config.management.commands.messages.{name}", value)
    monkeypatch.setattr("config.management.commands.messages.read", lambda: read(file))
    return file, page


def test_the_command_says_what_still_waits_for_its_welsh(another_catalogue):
    file, page = another_catalogue
    file.write_text(file.read_text().replace('msgstr "Parhau"', 'msgstr ""'))
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("messages", check=True, stdout=said)
    assert "Stale: welsh.md" in said.getvalue()
    assert "Without Welsh: Continue" in said.getvalue()
    assert "Parhau" in page.read_text(), "checking writes nothing"
    call_command("messages", stdout=said)
    assert "| Continue |  |" in page.read_text()


def test_the_command_has_nothing_to_say_where_all_is_well(another_catalogue):
    said = StringIO()
    call_command("messages", check=True, stdout=said)
    assert said.getvalue() == ""


def test_a_catalogue_is_compiled_when_it_is_newer_than_what_was_compiled(tmp_path):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(FILE.read_text())
    assert compile_catalogues(tmp_path) == [source]
    assert not compile_catalogue(source)
    source.touch()
    assert compile_catalogue(source)
    assert [path.name for path in folder.iterdir() if path.suffix == ".mo"] == ["django.mo"]


def test_the_list_for_the_translator_names_every_form_and_breaks_no_table(monkeypatch):
    catalogue = new_catalogue()
    catalogue.add("One | <b>two</b>\nlines", "Un | <b>dau</b>", locations=[("templates/x.html", 1)])
    catalogue.add("by", "gan", context="a name", locations=[("templates/x.html", 2)])
    catalogue.add(("%d day", "%d days"), ("a", "b", "c", "d", "e", "f"), locations=[("templates/y.html", 1)])
    text = listing(catalogue)
    assert "| One \\| &lt;b>two&lt;/b><br>lines | Un \\| &lt;b>dau&lt;/b> |" in text
    assert "| [a name] by | gan |" in text
    assert "| %d day / %d days | zero: a<br>one: b<br>two: c<br>few (3): d<br>many (6): e<br>other: f |" in text
    assert "reviewed by a translator" in text.lower()


def test_both_languages_are_offered_each_by_its_own_name():
    assert dict(settings.LANGUAGES) == {"en": "English", "cy": "Cymraeg"}
    assert settings.LOCALE_PATHS[0] / "cy" / "LC_MESSAGES" / "django.po" == gathering.FILE


def test_a_start_of_the_house_compiles_what_has_changed_and_says_so(capsys):
    FILE.touch()
    compile_languages()
    assert capsys.readouterr().out == "Compiling the translations ...\n"
    compile_languages()
    assert capsys.readouterr().out == ""
    assert translation("cy").gettext("Continue") == "Parhau"
