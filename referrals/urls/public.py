"""The public front door and the pages that explain it."""

from django.urls import include, path

from referrals.views import front_door, northern_ireland, pages, saved, withdraw

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
explaining_urls = [
    path(f"{name}/", pages.page, {"name": name}, name=name)
    for name in ("privacy", "accessibility", "cookies", "if-you-were-referred")
]

urlpatterns = [
    path("", include((front_door_urls, "front-door"))),
    path("", include((explaining_urls, "pages"))),
]
