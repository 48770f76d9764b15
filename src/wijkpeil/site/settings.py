"""The settings of the site; what differs per place comes from the environment, and each has a default that works."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from wijkpeil.site.environment import listed, number, text, yes
from wijkpeil.site.logs import logging

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = yes("WIJKPEIL_DEBUG")
SECRET_KEY = text("WIJKPEIL_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = listed("WIJKPEIL_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
SHELF = Path(text("WIJKPEIL_SHELF") or "edities")
"""The folder with the editions that are served."""
AUDIENCE = text("WIJKPEIL_AUDIENCE") or "openbaar"
"""The audience whose editions are served, besides those for everyone."""
SITE_ADDRESS = text("WIJKPEIL_ADDRESS")
"""The address under which readers find the site, where it is not that of the request (feeds, DCAT, the API)."""
PUBLISHER = text("WIJKPEIL_PUBLISHER") or "Wijkpeil"
PUBLISHER_ADDRESS = text("WIJKPEIL_PUBLISHER_ADDRESS") or "https://wijkpeil.example"
"""Who publishes the editions of this site, and the address that names them in catalogues."""
CONTACT = text("WIJKPEIL_CONTACT") or "wijkpeil@wijkpeil.example"
"""Where readers write to."""

MEMORY = number("WIJKPEIL_MEMORY", default=64) * 1_000_000
"""So many bytes of answers each process keeps ready; with 0 none."""

ROOT_URLCONF = "wijkpeil.site.urls"
WSGI_APPLICATION = "wijkpeil.site.wsgi.application"
APPEND_SLASH = False
DEFAULT_CHARSET = "utf-8"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "wijkpeil.web.design",
    "wijkpeil.web.areas",
    "wijkpeil.web.indicators",
    "wijkpeil.web.programmes",
    "wijkpeil.web.studies",
    "wijkpeil.web.explorer",
    "wijkpeil.web.editions",
    "wijkpeil.web.downloads",
    "wijkpeil.web.texts",
]
MIDDLEWARE = [
    "wijkpeil.site.middleware.Health",
    "wijkpeil.site.middleware.Log",
    "django.middleware.security.SecurityMiddleware",
    "wijkpeil.site.static_files.SqueezedFiles",
    "wijkpeil.site.memory.Memory",
    "csp.middleware.CSPMiddleware",
    "wijkpeil.site.middleware.Headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "wijkpeil.site.middleware.Tongue",
    "wijkpeil.site.middleware.Reading",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wijkpeil.site.middleware.Editions",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [*sorted((PACKAGE / "web").glob("*/templates")), PACKAGE / "portrayal" / "templates"],
        "OPTIONS": {"environment": "wijkpeil.web.design.environment.environment"},
    }
]
DATABASES: dict[str, dict[str, str]] = {}
"""Nothing that is shown lives in a database; decisions will."""

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [("portrayal", PACKAGE / "portrayal" / "templates" / "pictures")]
"""The style of the pictures belongs to the pictures; the pages include it."""
STORAGES = {
    "staticfiles": {"BACKEND": "wijkpeil.web.design.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = yes("WIJKPEIL_HTTPS")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = logging(DEBUG)
