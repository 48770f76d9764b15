"""The settings of the site; what differs per place comes from the environment, and each has a default that works.

``WIJKPEIL_SHELF`` the folder with editions, ``_HOSTS`` the names of the site, ``_ADDRESS`` the address in mails and
feeds, ``_HTTPS=1`` where it is served over HTTPS, ``_PROXIES`` how many proxies stand before it. ``_DATABASE`` an
address (``database.py``). Secrets: ``_SECRET_KEY``, ``_LOGBOOK_KEY``, ``_ACCOUNT_KEY``; without them they are made
beside the shelf, where ``_ERASED``, the list of erasures, stands too, and the reports that
were made (``_REPORTS``, at most ``_REPORTS_MOST`` MB). Mail: ``_SMTP``
(``smtp://name:password@server:587`` or ``smtps://...:465``), else mail is written to ``_MAIL_FOLDER``, else on the
screen; ``_MAIL_FROM``. Logging in through an organisation: ``_OIDC_ISSUER``, ``_OIDC_CLIENT``, ``_OIDC_SECRET``,
``_OIDC_NAME`` and, where people log in at another host, ``_OIDC_FORMS``.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from wijkpeil.site.database import database
from wijkpeil.site.environment import listed, number, text, yes
from wijkpeil.site.keys import kept_secret, locking_key
from wijkpeil.site.logs import logging
from wijkpeil.site.mail import mail
from wijkpeil.site.outside import origin, outside

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = yes("WIJKPEIL_DEBUG")
ALLOWED_HOSTS = listed("WIJKPEIL_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
SHELF = Path(text("WIJKPEIL_SHELF") or "edities")
"""The folder with the editions that are served."""
KEPT_BESIDE = SHELF.resolve().parent
"""Where a site that is told nothing keeps its database and its secrets: beside its shelf."""
SECRET_KEY = text("WIJKPEIL_SECRET_KEY") or kept_secret(KEPT_BESIDE / "wijkpeil.sleutel")
LOGBOOK_KEY = text("WIJKPEIL_LOGBOOK_KEY") or kept_secret(KEPT_BESIDE / "wijkpeil.logboeksleutel")
"""Seals the lines of the logbook; it is never in the database, so that who changes lines there cannot seal them."""
FACTOR_KEY = locking_key(text("WIJKPEIL_ACCOUNT_KEY") or kept_secret(KEPT_BESIDE / "wijkpeil.accountsleutel"))
"""Locks the secrets of second factors in the database."""
ERASED_LIST = Path(text("WIJKPEIL_ERASED") or KEPT_BESIDE / "wijkpeil.gewist")
"""The list of what was erased, outside the database: what is put back from a backup is erased again."""
AUDIENCE = text("WIJKPEIL_AUDIENCE") or "openbaar"
"""The audience whose editions are served, besides those for everyone."""
SITE_ADDRESS = text("WIJKPEIL_ADDRESS")
"""The address under which readers find the site, where it is not that of the request (feeds, DCAT, the API)."""
PUBLISHER = text("WIJKPEIL_PUBLISHER") or "Wijkpeil"
PUBLISHER_ADDRESS = text("WIJKPEIL_PUBLISHER_ADDRESS") or "https://wijkpeil.example"
"""Who publishes the editions of this site, and the address that names them in catalogues."""
CONTACT = text("WIJKPEIL_CONTACT") or "wijkpeil@wijkpeil.example"
"""Where readers write to."""

REPORTS = Path(text("WIJKPEIL_REPORTS") or KEPT_BESIDE / "wijkpeil.rapporten")
REPORTS_MOST = number("WIJKPEIL_REPORTS_MOST", default=500) * 1_000_000
"""Where reports that were made are kept, and how many bytes of them; all of it can be made again."""
MEMORY = number("WIJKPEIL_MEMORY", default=64) * 1_000_000
"""So many bytes of answers each process keeps ready; with 0 none."""

ROOT_URLCONF = "wijkpeil.site.urls"
WSGI_APPLICATION = "wijkpeil.site.wsgi.application"
APPEND_SLASH = False
DEFAULT_CHARSET = "utf-8"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wijkpeil.web.accounts",
    "wijkpeil.web.logbook",
    "wijkpeil.web.design",
    "wijkpeil.web.areas",
    "wijkpeil.web.indicators",
    "wijkpeil.web.programmes",
    "wijkpeil.web.reports",
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
    "wijkpeil.site.people.Private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wijkpeil.site.people.Standing",
    "wijkpeil.site.middleware.Editions",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [*sorted((PACKAGE / "web").glob("*/templates")), PACKAGE / "portrayal" / "templates"],
        "OPTIONS": {
            "environment": "wijkpeil.web.design.environment.environment",
            "context_processors": ["wijkpeil.web.design.page.frame_of_account"],
        },
    }
]
DATABASES = {"default": database(text("WIJKPEIL_DATABASE"), default=KEPT_BESIDE / "wijkpeil.sqlite3")}
"""What people promise, do and decide. Figures are files, and are never in it."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_attempt"}}
"""Counts attempts to log in, for all processes together; figures and pages are never in it."""

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "newest"
ACCOUNT_ADAPTER = "wijkpeil.web.accounts.adapters.OurAccounts"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
"""An administrator gives the address, and its owner chooses the password from a mail: that verifies it."""
ACCOUNT_FORMS = {
    "login": "wijkpeil.web.accounts.forms.Login",
    "reset_password": "wijkpeil.web.accounts.forms.Forgotten",
    "reset_password_from_key": "wijkpeil.web.accounts.forms.Chosen",
    "change_password": "wijkpeil.web.accounts.forms.Changed",
    "reauthenticate": "wijkpeil.web.accounts.forms.Again",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_TEMPLATE_EXTENSION = "html.j2"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = number("WIJKPEIL_PROXIES", default=0)
MFA_ADAPTER = "wijkpeil.web.accounts.adapters.OurFactors"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "wijkpeil.web.accounts.forms.Code",
    "reauthenticate": "wijkpeil.web.accounts.forms.CodeAgain",
    "activate_totp": "wijkpeil.web.accounts.forms.App",
    "add_webauthn": "wijkpeil.web.accounts.forms.Passkey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
OIDC_ISSUER = text("WIJKPEIL_OIDC_ISSUER")
OIDC_NAME, OIDC_ID, SOCIALACCOUNT_PROVIDERS = outside(
    issuer=OIDC_ISSUER,
    client=text("WIJKPEIL_OIDC_CLIENT"),
    secret=text("WIJKPEIL_OIDC_SECRET"),
    name=text("WIJKPEIL_OIDC_NAME"),
)
SOCIALACCOUNT_ADAPTER = "wijkpeil.web.accounts.adapters.OutsideAccounts"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
PARTIES_OF = "wijkpeil.site.parties.parties_of"
APPROVED_RECORDS = "wijkpeil.site.approved.approved"
PROGRAMME_STATE = "wijkpeil.site.states.state_today"

SESSION_COOKIE_NAME = "__Host-sessie" if yes("WIJKPEIL_HTTPS") else "sessie"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = yes("WIJKPEIL_HTTPS")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
"""Strict would lose the session on the way back from the organisation at which somebody logs in."""
CSRF_COOKIE_NAME = "__Host-formulier" if yes("WIJKPEIL_HTTPS") else "formulier"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "wijkpeil.web.design.errors.forbidden"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
globals().update(mail(text("WIJKPEIL_SMTP"), folder=text("WIJKPEIL_MAIL_FOLDER")))
DEFAULT_FROM_EMAIL = text("WIJKPEIL_MAIL_FROM") or CONTACT

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
        "form-action": [SELF, *listed("WIJKPEIL_OIDC_FORMS"), *([origin(OIDC_ISSUER)] if OIDC_ISSUER else [])],
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
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["wijkpeil.site.uploads.Bounded"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = logging(DEBUG)
