"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.texts import views
from wijkpeil.web.texts.documents import COLLECTIONS

urlpatterns = [
    path("uitleg", views.explanation, name="explanation"),
    path("over", views.about, name="about"),
    path("privacy", views.privacy, name="privacy"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("open-data", views.open_data, name="api-docs"),
    path("editie/<str:edition>/bronnen", views.sources, name="sources"),
    path("editie/<str:edition>/bronnen/opmerkingen", views.complaints, name="complaints"),
    *(path(one.id, views.text, {"collection": one.id}, name=one.contents) for one in COLLECTIONS.values()),
    *(path(f"{one.id}/<slug:name>", views.text, {"collection": one.id}, name=one.text) for one in COLLECTIONS.values()),
]
