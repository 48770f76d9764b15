"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.texts import views
from wijkpeil.web.texts.documents import COLLECTIONS

urlpatterns = [
    path("uitleg", views.explanation, name="explanation"),
    *(path(one.id, views.text, {"collection": one.id}, name=one.contents) for one in COLLECTIONS.values()),
    *(path(f"{one.id}/<slug:name>", views.text, {"collection": one.id}, name=one.text) for one in COLLECTIONS.values()),
]
