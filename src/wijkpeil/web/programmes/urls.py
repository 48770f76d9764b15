"""The addresses of this room."""

from django.urls import include, path

from wijkpeil.web.programmes import views

_ONE = "editie/<str:edition>/programma/<str:id>"

urlpatterns = [
    path("editie/<str:edition>/programma", views.programmes, name="programmes"),
    path(_ONE, views.programme, name="programme"),
    path(f"{_ONE}/overzicht", views.overview, name="rug"),
    path(f"{_ONE}/kwadrant", views.quadrant, name="quadrant"),
    path(f"{_ONE}/uitkomsten", views.outcomes, name="outcomes"),
    path("", include("wijkpeil.web.programmes.reading_urls")),
    path("", include("wijkpeil.web.programmes.carrying_urls")),
    path("", include("wijkpeil.web.programmes.steering_urls")),
    path("", include("wijkpeil.web.programmes.desk_urls")),
]
