"""The form as a teacher fills it in, with the keyboard alone."""

from tests.journeys.reader import Reader, words


def answer_all(teacher: Reader, language: str) -> None:
    """From the start page to the page on which the answers are checked."""
    said = words(language)
    teacher.choose(language)
    assert teacher.arrive() == said("Refer someone to Prevent")
    assert teacher.press(said("Start now")) == said("Is anyone in danger right now?")
    teacher.pick("danger", "no")
    assert teacher.press(said("Continue")) == said("Who are you?")
    teacher.pick("referrer_kind", "work")
    teacher.type_into("referrer_name", "Ffion O’Shea-Nowak")
    teacher.type_into("referrer_email", "ffion@hollybrook.example")
    assert teacher.press(said("Continue")) == said("About your work")
    teacher.type_into("referrer_role", "Form tutor")
    teacher.type_into("referrer_organisation", "Hollybrook Academy")
    assert teacher.press(said("Continue")) == said("What are you worried about?")
    teacher.type_into("concern", "He told two classmates that he admires an attacker and wants to be like him.")
    teacher.pick("how_known", "told_by_other")
    teacher.pick("when_noticed", "today")
    assert teacher.press(said("Continue")) == said("Who are you worried about?")
    teacher.type_into("given_names", "Tomasz")
    teacher.type_into("family_name", "Ó Briain-Łukasik")
    teacher.pick("adult_or_child", "child")
    teacher.type_into("approximate_age", "15")
    assert teacher.press(said("Continue")) == said("Where do they live?")
    teacher.type_into("postcode", "S70 1GW")
    assert teacher.press_enter() == said("What has been done so far?")
    teacher.pick("told", "lead")
    assert teacher.press(said("Continue")) == said("Does the person have other needs?")
    assert teacher.press(said("Continue")) == said("Anything else you know")
    assert teacher.press(said("Continue")) == said("Check your answers before you send them")
