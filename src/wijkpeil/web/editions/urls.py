"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.editions import views

_PAIR = "edities/<str:old>/<str:new>"

urlpatterns = [
    path("edities", views.editions, name="editions"),
    path(_PAIR, views.revision, name="revision"),
    path(f"{_PAIR}/cijfers.csv", views.changed_figures, name="revision-figures"),
    path(f"{_PAIR}/oordelen.csv", views.flipped_verdicts, name="revision-verdicts"),
    path("gebied/<str:code>/feed.atom", views.area_feed, name="area-feed"),
    path("cijfer/<str:id>/feed.atom", views.indicator_feed, name="indicator-feed"),
]
