"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.downloads import views

urlpatterns = [
    path("catalogus.ttl", views.catalogue, name="catalogue"),
    path("editie/<str:edition>/catalogus.ttl", views.edition_catalogue, name="edition-catalogue"),
    path("editie/<str:edition>/download", views.contents, name="downloads"),
    path("editie/<str:edition>/download/editie.zip", views.edition_file, name="download-edition"),
    path(
        "editie/<str:edition>/download/indicator/<slug:indicator>.zip", views.indicator_file, name="download-indicator"
    ),
    path("editie/<str:edition>/download/gebied/<str:code>.zip", views.area_file, name="download-area"),
]
