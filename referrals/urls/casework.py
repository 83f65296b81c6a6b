"""Pages of the referrals room for officers."""

from django.urls import include, path

from referrals.urls.enter import urlpatterns as enter_patterns
from referrals.views import (
    asking,
    colleagues,
    detaching,
    documents,
    emergencies,
    inbox,
    joining,
    named,
    offering,
    opening,
    purposes,
    quarantine,
    restricted,
    showing,
    succeeding,
    tasks,
    withdrawing,
    work,
)

app_name = "referrals"

_DISPATCH = [
    path("receipt/", work.acknowledge, name="acknowledge"),
    path("assign/", work.assign, name="assign"),
    path("document/", documents.add, name="add-document"),
    path("note/", work.note, name="note"),
    path("task/", tasks.give, name="give-task"),
    path("offer/", offering.offer, name="offer"),
    path("detach/", detaching.detach, name="detach"),
    path("join/", joining.join, name="join"),
    path("ask-referrer/", asking.ask, name="ask-referrer"),
    path("succeed-referrer/", succeeding.succeed, name="succeed-referrer"),
    path("tell-referrer/", asking.tell, name="tell-referrer"),
    path("referrer/", showing.referrer, name="show-referrer"),
    path("share/", opening.share, name="share"),
    path("review/", opening.open_review, name="open-review"),
    path("restrict/", named.restrict, name="restrict"),
    path("name/", named.name, name="name"),
    path("lift/", named.lift, name="lift"),
    path("withdrawal/", withdrawing.withdrawal, name="withdrawal"),
]

_PUTTING_RIGHT = [
    path("offers/<uuid:offer_id>/", offering.offered, name="offered"),
    path("offers/<uuid:offer_id>/accept/", offering.accept_offered, name="accept-offered"),
    path("offers/<uuid:offer_id>/decline/", offering.decline_offered, name="decline-offered"),
    path("offers/<uuid:offer_id>/take-back/", offering.take_back_offered, name="take-back-offered"),
    path("notes/<uuid:note_id>/detach/", detaching.detach_written, name="detach-written"),
    path("documents/<uuid:document_id>/take-away/", detaching.take_away, name="take-away"),
    path("joins/<uuid:join_id>/undo/", joining.separate, name="separate"),
    path("questions/<uuid:question_id>/send/", asking.release, name="release-question"),
    path("questions/<uuid:question_id>/withdraw/", asking.withdraw, name="withdraw-question"),
    path("successions/<uuid:succession_id>/invite/", succeeding.invite, name="invite-successor"),
    path("successions/<uuid:succession_id>/strike/", succeeding.strike, name="strike-succession"),
    path("worries/<uuid:worry_id>/answer/", asking.answer_one, name="answer-worry"),
    path("withdrawals/<uuid:withdrawal_id>/decide/", withdrawing.decide, name="decide"),
    path("withdrawals/<uuid:withdrawal_id>/resume/", withdrawing.resume_stopped, name="resume-stopped"),
]

_QUARANTINE = [
    path("", quarantine.quarantine_page, name="quarantine"),
    path("<uuid:flood_id>/", quarantine.group, name="quarantine-group"),
    path("referrals/<uuid:referral_id>/", quarantine.quarantined, name="quarantined"),
]

urlpatterns = [
    path("casework/colleagues/", colleagues.colleagues, name="colleagues"),
    path("casework/colleagues/<uuid:membership_id>/leave/", colleagues.leave, name="leave"),
    path("casework/agencies/<uuid:agency_id>/reassign/", colleagues.reassign, name="reassign-nobodys"),
    path("casework/agencies/<uuid:agency_id>/reassign/<uuid:user_id>/", colleagues.reassign, name="reassign"),
    path("casework/inbox/", inbox.inbox_page, name="inbox"),
    path("casework/emergency/", emergencies.emergency, name="emergency"),
    path("casework/emergencies/", emergencies.emergency_list, name="emergencies"),
    path("casework/emergencies/<uuid:access_id>/", emergencies.emergency_review, name="emergency-review"),
    path("casework/accesses/<uuid:access_id>/end/", opening.close, name="close-access"),
    path("casework/accesses/<uuid:access_id>/strike-off/", opening.strike_off, name="strike-off"),
    path("casework/documents/<uuid:document_id>/", documents.document, name="document"),
    path("casework/dispatches/<uuid:dispatch_id>/", include(_DISPATCH)),
    path("casework/", include(_PUTTING_RIGHT)),
    path("casework/quarantine/", include(_QUARANTINE)),
    path("casework/inbox/purpose/", purposes.search_purpose, name="search-purpose"),
    path("casework/referrals/<uuid:referral_id>/purpose/", purposes.purpose, name="purpose"),
    path("casework/referrals/<uuid:referral_id>/release/", restricted.release, name="release"),
    path("casework/referrals/<uuid:referral_id>/exclude/", restricted.exclude, name="exclude"),
    path("casework/tasks/", tasks.task_list, name="tasks"),
    path("casework/tasks/<uuid:task_id>/", tasks.finish, name="finish-task"),
    path("casework/tasks/<uuid:task_id>/hand/", tasks.hand, name="hand-task"),
    path("casework/tasks/<uuid:task_id>/take-back/", tasks.take_back, name="take-back-task"),
    *enter_patterns,
]
