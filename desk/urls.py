"""Pages that show several rooms at once."""

from django.urls import path

from desk.views import home, referral, waiting

app_name = "desk"

urlpatterns = [
    path("casework/", home.home, name="home"),
    path("casework/waiting/", waiting.waiting_page, name="waiting-for-receipt"),
    path("casework/referrals/<uuid:referral_id>/", referral.referral_page, name="referral"),
    path("casework/referrals/<uuid:referral_id>/print/", referral.referral_print, name="referral-print"),
    path("casework/referrals/<uuid:referral_id>/pdf/", referral.referral_pdf, name="referral-pdf"),
]
