"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.indicators import views

urlpatterns = [
    path("editie/<str:edition>/indicatoren", views.indicators, name="indicators"),
    path("editie/<str:edition>/indicator/<slug:id_>", views.indicator, name="indicator"),
    path("editie/<str:edition>/indicator/<slug:id_>.csv", views.indicator_csv, name="indicator-csv"),
]
