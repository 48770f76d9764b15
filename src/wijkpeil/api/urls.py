"""The addresses of the interface."""

from django.urls import path

from wijkpeil.api import features, studies
from wijkpeil.api.approved import approved_router
from wijkpeil.api.v1 import api

api.add_router("", features.router)
api.add_router("", studies.router)
api.add_router("", approved_router())
urlpatterns = [path("v1/", api.urls)]
