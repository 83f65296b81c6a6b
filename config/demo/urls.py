"""Addresses of the demonstration's own pages."""

from django.urls import path

from config.demo import views

urlpatterns = [
    path("mail/", views.mail_list, name="demo_mail_list"),
    path("mail/<uuid:mail_id>/", views.mail, name="demo_mail"),
]
