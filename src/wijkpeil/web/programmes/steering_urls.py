"""The addresses of the dossier, the steering of a programme, and what was said, decided, seen, promised and told."""

from django.urls import path

from wijkpeil.web.programmes import steering_views
from wijkpeil.web.programmes.decision_views import DECISIONS
from wijkpeil.web.programmes.desk_urls import _ONE, addresses
from wijkpeil.web.programmes.document_views import DOCUMENTS, archive, pdf
from wijkpeil.web.programmes.promise_views import PROMISES
from wijkpeil.web.programmes.story_views import STORIES
from wijkpeil.web.programmes.talk_views import TALKS
from wijkpeil.web.programmes.visitation_views import RECOMMENDATIONS, REVIEWS, VISITATIONS

STEERED = (TALKS, DECISIONS, VISITATIONS, RECOMMENDATIONS, REVIEWS, PROMISES, STORIES, DOCUMENTS)

urlpatterns = [
    path(f"{_ONE}/sturing", steering_views.steering, name="steering"),
    path(f"{_ONE}/wijk/<str:area>", steering_views.neighbourhood, name="dossier"),
    path(f"{_ONE}/rapporten/<str:key>/rapport.pdf", pdf, name="rapporten_pdf"),
    path(f"{_ONE}/rapporten/<str:key>/archief.zip", archive, name="rapporten_archive"),
    *(one for section in STEERED for one in addresses(section)),
]
