"""Pages of the triage room."""

from django.urls import path

from triage.views import (
    answering,
    asking,
    figures,
    gateway,
    partnership,
    practice,
    standards,
    urgent,
    working_partnership,
    writing_standards,
)

app_name = "triage"

urlpatterns = [
    path("casework/deconflictions/", answering.deconflictions, name="deconflictions"),
    path("casework/deconflictions/<uuid:deconfliction_id>/", answering.deconfliction, name="deconfliction"),
    path(
        "casework/referrals/<uuid:referral_id>/deconfliction/",
        asking.ask_for_deconfliction,
        name="ask-for-deconfliction",
    ),
    path("casework/standards/", standards.standards, name="standards"),
    path("casework/standards/begin/", writing_standards.begin, name="begin-standard"),
    path("casework/standards/figures/", figures.figures, name="figures"),
    path("casework/standards/good-practice/", practice.offer, name="offer-practice"),
    path("casework/standards/good-practice/<uuid:practice_id>/", practice.practice, name="practice"),
    path("casework/standards/<uuid:standard_id>/", standards.standard, name="standard"),
    path("casework/standards/<uuid:standard_id>/add-step/", writing_standards.add, name="add-step"),
    path("casework/standards/<uuid:standard_id>/publish/", writing_standards.publish, name="publish-standard"),
    path("casework/standards/steps/<uuid:step_id>/", writing_standards.step, name="step"),
    path("casework/standards/steps/<uuid:step_id>/move/", writing_standards.move, name="move-step"),
    path("casework/standards/steps/<uuid:step_id>/retire/", writing_standards.retire, name="retire-step"),
    path("casework/referrals/<uuid:referral_id>/gateway/", gateway.begin, name="begin-gateway"),
    path("casework/gateway/<uuid:assessment_id>/", gateway.gateway, name="gateway"),
    path("casework/gateway/<uuid:assessment_id>/write/", gateway.write, name="write-gateway"),
    path("casework/gateway/<uuid:assessment_id>/ask/", gateway.ask_before_exit, name="ask-before-exit"),
    path("casework/gateway/<uuid:assessment_id>/sign/", gateway.sign, name="sign-gateway"),
    path("casework/gateway/<uuid:assessment_id>/return/", gateway.give_back, name="return-gateway"),
    path("casework/gateway/<uuid:assessment_id>/reopen/", gateway.reopen, name="reopen-gateway"),
    path("casework/signposting/<uuid:signposting_id>/", gateway.service_answer, name="service-answer"),
    path("casework/partnerships/", partnership.partnerships, name="partnerships"),
    path("casework/partnerships/<uuid:partnership_id>/", partnership.partnership, name="partnership"),
    path("casework/partnerships/<uuid:partnership_id>/owner/", partnership.name_owner, name="name-owner"),
    path("casework/partnerships/<uuid:partnership_id>/answer/", partnership.answer, name="answer-ownership"),
    path("casework/partnerships/<uuid:partnership_id>/plan/", working_partnership.write, name="write-plan"),
    path("casework/partnerships/<uuid:partnership_id>/actions/", working_partnership.plan, name="plan-action"),
    path("casework/partnerships/<uuid:partnership_id>/review/", working_partnership.review, name="hold-review"),
    path("casework/planned/<uuid:planned_id>/", working_partnership.close, name="close-planned"),
    path("casework/police-desk/", urgent.police_desk, name="police-desk"),
    path("casework/urgent/<uuid:urgency_id>/", urgent.urgency, name="urgency"),
]
