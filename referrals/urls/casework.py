"""Pages of the referrals room for officers."""

from django.urls import include, path

from referrals.urls.enter import urlpatterns as enter_patterns
from referrals.views import inbox, work

app_name = "referrals"

_DISPATCH = [
    path("receipt/", work.acknowledge, name="acknowledge"),
    path("assign/", work.assign, name="assign"),
    path("note/", work.note, name="note"),
]

urlpatterns = [
    path("casework/inbox/", inbox.inbox_page, name="inbox"),
    path("casework/dispatches/<uuid:dispatch_id>/", include(_DISPATCH)),
    *enter_patterns,
]
