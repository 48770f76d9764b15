"""The addresses of this room."""

from django.urls import path

from wijkpeil.web.design.marks import living
from wijkpeil.web.reports import views

urlpatterns = [
    path("editie/<str:edition>/rapporten", views.contents, name="reports"),
    path("editie/<str:edition>/programma/<str:id>/profielen.pdf", living(views.programme_book), name="report-book"),
    path(
        "editie/<str:edition>/gebied/<str:code>/profiel.<str:form>",
        living(views.profile),
        name="report-profile",
    ),
]
