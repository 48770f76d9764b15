"""The addresses at which a programme is searched and followed."""

from django.urls import path

from wijkpeil.web.programmes import feeds
from wijkpeil.web.programmes.desk_urls import _ONE, SECTIONS
from wijkpeil.web.programmes.searching_views import searching
from wijkpeil.web.programmes.steering_urls import STEERED
from wijkpeil.web.programmes.task_views import mine

urlpatterns = [
    path("mijn", mine, {"sections": {one.slug: one for one in (*SECTIONS, *STEERED)}}, name="mine"),
    path(f"{_ONE}/zoek", searching, {"sections": (*SECTIONS, *STEERED)}, name="programme_search"),
    path(f"{_ONE}/feed.atom", feeds.programme_feed, name="programme_feed"),
    path(f"{_ONE}/wijk/<str:area>/feed.atom", feeds.neighbourhood_feed, name="neighbourhood_feed"),
]
