"""Pages that show several rooms at once."""

from django.urls import path

from desk.views import audit, home, referral, verifying, waiting

app_name = "desk"

urlpatterns = [
    path("casework/", home.home, name="home"),
    path("casework/waiting/", waiting.waiting_page, name="waiting-for-receipt"),
    path("casework/referrals/<uuid:referral_id>/", referral.referral_page, name="referral"),
    path("casework/referrals/<uuid:referral_id>/print/", referral.referral_print, name="referral-print"),
    path("casework/referrals/<uuid:referral_id>/pdf/", referral.referral_pdf, name="referral-pdf"),
    path("casework/audit/", audit.audit, name="audit"),
    path("casework/audit/find/", audit.audit_find, name="audit-find"),
    path("casework/audit/questions/", audit.audit_questions, name="audit-questions"),
    path("casework/audit/refused/", audit.audit_refused, name="audit-refused"),
    path("casework/audit/referrals/<uuid:referral_id>/", audit.audit_referral, name="audit-referral"),
    path("casework/audit/verify/", verifying.audit_verify, name="audit-verify"),
    path("casework/audit/users/<uuid:user_id>/", audit.audit_user, name="audit-user"),
]
