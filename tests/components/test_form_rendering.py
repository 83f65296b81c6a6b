"""A plain Django form becomes GOV.UK markup from its fields alone."""

import re

import pytest
from django import forms
from django.template import engines

from agencies.forms.fields import looking
from tests.components.forms import Everything, Single, wrong_answers


def rendered(source: str, **context: object) -> str:
    """A template's source rendered as the pages are."""
    return " ".join(engines["django"].from_string(source).render(context).split())


def group(form: forms.Form, name: str) -> str:
    """One field with its label, hint and error."""
    return " ".join(form[name].as_field_group().split())


def test_radios_have_a_legend_hints_a_divider_and_a_first_id_without_a_number() -> None:
    html = group(Everything(), "danger")
    assert 'class="govuk-fieldset__legend govuk-fieldset__legend--s"' in html
    assert 'id="id_danger" name="danger" type="radio" value="yes"' in html
    assert 'id="id_danger-3" name="danger" type="radio" value="unknown"' not in html, "the divider counts"
    assert 'id="id_danger-4" name="danger" type="radio" value="unknown"' in html
    assert '<div class="govuk-radios__divider">or</div>' in html
    assert 'aria-describedby="id_danger-item-hint"' in html


def test_a_revealed_field_stands_inside_its_choice_and_nowhere_else() -> None:
    html = rendered("{{ form }}", form=Everything())
    assert html.count('name="told"') == 1
    inside = re.search(r'id="conditional-id_danger">(.*?)name="told"', html)
    assert inside


def test_a_chosen_answer_opens_what_it_reveals() -> None:
    assert "govuk-radios__conditional--hidden" in group(Everything(), "danger")
    assert "govuk-radios__conditional--hidden" not in group(Everything({"danger": "yes"}), "danger")


def test_none_of_these_is_exclusive() -> None:
    assert 'value="none" data-behaviour="exclusive"' in group(Everything(), "work")


def test_a_textarea_with_a_greatest_length_counts_and_one_without_does_not() -> None:
    assert 'data-maxlength="20"' in group(Everything(), "concern")
    assert 'rows="8"' in group(Everything(), "concern")
    assert " maxlength" not in group(Everything(), "concern"), "nothing may cut off what is typed"
    assert "character-count" not in group(Everything(), "more")
    assert 'rows="5"' in group(Everything(), "more")


def test_words_that_begin_with_a_line_break_keep_it() -> None:
    html = Everything({"more": "\nsecond line"})["more"].as_field_group()
    assert ">\n\nsecond line</textarea>" in html, "a browser drops the first line break after the tag"


def test_inputs_say_what_they_are_for() -> None:
    form = Everything()
    assert 'type="email" spellcheck="false" aria-describedby="id_email-hint" autocomplete="email"' in group(
        form, "email"
    )
    assert 'type="tel" autocomplete="tel"' in group(form, "phone")
    assert "Phone (optional)" in group(form, "phone")
    assert 'type="text" inputmode="numeric"' in group(form, "age")
    assert '<div class="govuk-input__suffix" aria-hidden="true">years</div>' in group(form, "age")


def test_a_password_is_never_filled_in_again() -> None:
    assert "secret" not in group(Everything({"password": "secret"}), "password")


def test_a_date_keeps_what_was_typed_and_marks_only_the_part_that_is_wrong() -> None:
    html = group(Everything(wrong_answers()), "born")
    assert 'name="born-month" type="text" value="May"' in html
    assert "Date of birth must include a year" in html
    assert html.count("govuk-input--error") == 1
    assert re.search(r'class="[^"]*govuk-input--error[^"]*" id="id_born-year"', html)


def test_the_summary_links_to_where_each_error_can_be_put_right() -> None:
    html = rendered("{% error_summary form %}", form=Everything(wrong_answers() | {"danger": ""}))
    assert re.findall(r'href="(#\w[\w-]*)"', html) == [
        "#id_danger",
        "#id_work",
        "#id_concern",
        "#id_born-year",
        "#id_email",
        "#id_agreed",
    ]


def test_errors_of_the_whole_form_are_in_the_summary_too() -> None:
    form = Everything(wrong_answers())
    form.add_error(None, "Sent from another place")
    assert "<li>Sent from another place</li>" in rendered("{% error_summary form %}", form=form)


def test_the_legend_of_a_single_question_is_the_heading_of_the_page() -> None:
    assert '<h1 class="govuk-fieldset__heading">Is anyone in danger?</h1>' in group(Single(), "danger")


def test_one_parameter_can_be_replaced_in_the_template() -> None:
    html = rendered('{% field form.danger fieldset__legend__text="In danger?" %}', form=Single())
    assert "In danger?" in html
    assert "Is anyone in danger?" not in html


def test_hidden_fields_are_sent_without_a_label() -> None:
    html = rendered("{{ form }}", form=Everything(initial={"draft": "abc"}))
    assert '<input type="hidden" name="draft" value="abc" id="id_draft">' in html


@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_what_a_person_typed_never_becomes_markup(name: str) -> None:
    attack = '"><script>alert(1)</script>'
    names = [name, *(f"{name}-{part}" for part in ("day", "month", "year"))]
    assert "<script>" not in Everything(dict.fromkeys(names, attack))[name].as_field_group()


def test_words_meant_as_html_are_escaped_unless_marked_safe() -> None:
    html = rendered('{% component "inset-text" html=typed %}', typed="<b>bold</b>")
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


def test_what_stands_between_call_and_endcall_is_the_content() -> None:
    html = rendered('{% call "inset-text" %}<p>{{ typed }}</p>{% endcall %}', typed="<b>")
    assert "<p>&lt;b&gt;</p>" in html


def test_choices_in_groups_are_all_offered() -> None:
    field = forms.ChoiceField(label="Area", choices=[("North", [("a", "A")]), ("South", [("b", "B")])])

    class Grouped(forms.Form):
        area = looking(field, size="m")

    assert 'value="a">A</option> <option value="b">B</option>' in group(Grouped(), "area")
