"""The addresses of this room; a study is one file that may be computed anew, so its address names no edition."""

from django.urls import path

from wijkpeil.web.studies import views

urlpatterns = [
    path("studies", views.studies, name="studies"),
    path("studies/<str:id>.json", views.study_file, name="study-file"),
    path("studies/<str:id>", views.study, name="study"),
]
