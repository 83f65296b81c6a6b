"""Staff entry of a referral; included by the room's casework addresses."""

from django.urls import path

from referrals.views import enter

urlpatterns = [
    path("casework/enter/", enter.start, name="enter"),
    path("casework/enter/<uuid:draft_id>/check/", enter.check, name="enter-check"),
    path("casework/enter/<uuid:draft_id>/sent/", enter.sent, name="enter-sent"),
    path("casework/enter/<uuid:draft_id>/northern-ireland/", enter.outside, name="enter-outside"),
    path("casework/enter/<uuid:draft_id>/<slug:slug>/", enter.question, name="enter-question"),
]
