"""The public front door and the pages that explain it."""

from django.urls import include, path

from referrals.views import (
    adding,
    answering,
    front_door,
    northern_ireland,
    pages,
    referrers_page,
    saved,
    withdraw,
    worrying,
)

front_door_urls = [
    path("", front_door.start, name="start"),
    path("begin/", front_door.begin, name="begin"),
    path("leave/", front_door.leave, name="exit"),
    path("ended/", front_door.ended, name="ended"),
    path("northern-ireland/", northern_ireland.northern_ireland, name="northern-ireland"),
    path("withdraw/", withdraw.withdraw, name="withdraw"),
    path("withdraw/told/", withdraw.withdrawn, name="withdrawn"),
    path("saved/<str:token>/", saved.resume, name="resume"),
    path("refer/<uuid:draft_id>/check/", front_door.check, name="check"),
    path("refer/<uuid:draft_id>/sent/", front_door.sent, name="sent"),
    path("refer/<uuid:draft_id>/copy/", front_door.copy, name="copy"),
    path("refer/<uuid:draft_id>/save/", saved.save, name="save"),
    path("refer/<uuid:draft_id>/northern-ireland/", northern_ireland.outside, name="outside"),
    path("refer/<uuid:draft_id>/<slug:slug>/", front_door.question, name="question"),
]
dialogue_urls = [
    path("your-referral/", referrers_page.enter, name="come-back"),
    path("your-referral/page/", referrers_page.page, name="referrers-page"),
    path("your-referral/add/", adding.add, name="add-information"),
    path("your-referral/added/", adding.added, name="added"),
    path("your-referral/question/<uuid:question_id>/", answering.answer, name="answer"),
    path("your-referral/worry/", worrying.worry, name="raise-worry"),
    path("your-referral/worry/told/", worrying.worried, name="worried"),
    path("your-referral/new-link/", referrers_page.ask, name="ask-link"),
    path("your-referral/new-link/asked/", referrers_page.asked, name="link-asked"),
    path("your-referral/link/<str:token>/", referrers_page.link, name="use-link"),
]
explaining_urls = [
    path(f"{name}/", pages.page, {"name": name}, name=name)
    for name in ("privacy", "accessibility", "cookies", "if-you-were-referred")
]

urlpatterns = [
    path("", include((front_door_urls, "front-door"))),
    path("", include((dialogue_urls, "dialogue"))),
    path("", include((explaining_urls, "pages"))),
]
