"""The mailbox page of a demo."""

from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", views.letter, name="letter"),
    path("mailbox/<int:pk>/html/", views.letter_html, name="letter_html"),
]
