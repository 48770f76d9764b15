"""The addresses of the site; English ones begin with ``/en``. Every page about figures names its edition."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "wijkpeil.web.design.errors.bad_request"
handler403 = "wijkpeil.web.design.errors.forbidden"
handler404 = "wijkpeil.web.design.errors.not_found"
handler429 = "wijkpeil.web.design.errors.too_many"
handler500 = "wijkpeil.web.design.errors.went_wrong"

urlpatterns = [
    path("api/", include("wijkpeil.api.urls")),
    *i18n_patterns(
        path("", include("wijkpeil.web.areas.urls")),
        path("", include("wijkpeil.web.indicators.urls")),
        path("", include("wijkpeil.web.programmes.urls")),
        path("", include("wijkpeil.web.reports.urls")),
        path("", include("wijkpeil.web.studies.urls")),
        path("", include("wijkpeil.web.explorer.urls")),
        path("", include("wijkpeil.web.editions.urls")),
        path("", include("wijkpeil.web.downloads.urls")),
        path("", include("wijkpeil.web.texts.urls")),
        path("", include("wijkpeil.web.accounts.urls")),
        prefix_default_language=False,
    ),
]
