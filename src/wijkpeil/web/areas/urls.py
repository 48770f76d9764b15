"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.areas import views

urlpatterns = [
    path("", views.newest, name="newest"),
    path("gebied/<str:code>", views.newest_area, name="newest-area"),
    path("editie/<str:edition>", views.start, name="start"),
    path("editie/<str:edition>/zoek", views.search, name="search"),
    path("editie/<str:edition>/vergelijk", views.compare, name="compare"),
    path("editie/<str:edition>/eigen-gebied", views.own_area, name="own-area"),
    path("editie/<str:edition>/gebied/<str:code>.csv", views.area_csv, name="area-csv"),
    path("editie/<str:edition>/gebied/<str:code>", views.area, name="area"),
    path("editie/<str:edition>/gebied/<str:code>/<slug:theme>", views.theme, name="theme"),
]
