"""The addresses of the interface."""

from django.urls import path

from wijkpeil.api.features import router
from wijkpeil.api.v1 import api

api.add_router("", router)
urlpatterns = [path("v1/", api.urls)]
