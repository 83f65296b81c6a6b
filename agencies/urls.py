"""Sign-in, and the e-mails that could not be delivered."""

from allauth.account.views import LoginView, LogoutView
from django.urls import include, path

from agencies.access import public
from agencies.views import undelivered

_PAGES = [
    path("undelivered/", undelivered.undelivered, name="undelivered"),
    path("undelivered/<uuid:notice_id>/replay/", undelivered.replay, name="replay"),
    path("reactions/<uuid:handling_id>/replay/", undelivered.replay_reaction, name="replay-reaction"),
]

urlpatterns = [
    path("casework/sign-in/", public(LoginView.as_view()), name="account_login"),
    path("casework/sign-out/", public(LogoutView.as_view()), name="account_logout"),
    path("casework/", include((_PAGES, "agencies"))),
]
