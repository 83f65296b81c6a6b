"""Pages of the referrals room for officers."""

from django.urls import include, path

from referrals.urls.enter import urlpatterns as enter_patterns
from referrals.views import documents, inbox, quarantine, restricted, work

app_name = "referrals"

_DISPATCH = [
    path("receipt/", work.acknowledge, name="acknowledge"),
    path("assign/", work.assign, name="assign"),
    path("document/", documents.add, name="add-document"),
    path("note/", work.note, name="note"),
]

_QUARANTINE = [
    path("", quarantine.quarantine_page, name="quarantine"),
    path("<uuid:flood_id>/", quarantine.group, name="quarantine-group"),
    path("referrals/<uuid:referral_id>/", quarantine.quarantined, name="quarantined"),
]

urlpatterns = [
    path("casework/inbox/", inbox.inbox_page, name="inbox"),
    path("casework/documents/<uuid:document_id>/", documents.document, name="document"),
    path("casework/dispatches/<uuid:dispatch_id>/", include(_DISPATCH)),
    path("casework/quarantine/", include(_QUARANTINE)),
    path("casework/referrals/<uuid:referral_id>/release/", restricted.release, name="release"),
    path("casework/referrals/<uuid:referral_id>/exclude/", restricted.exclude, name="exclude"),
    path("casework/tasks/<uuid:task_id>/", restricted.finish, name="finish-task"),
    *enter_patterns,
]
