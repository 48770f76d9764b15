"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.explorer import views

urlpatterns = [
    path("editie/<str:edition>/kaart", views.explorer, name="explorer"),
    path("editie/<str:edition>/kaart/waarden", views.values, name="explorer-values"),
    path("editie/<str:edition>/kaart/<slug:level>.json", views.shapes, name="explorer-shapes"),
]
