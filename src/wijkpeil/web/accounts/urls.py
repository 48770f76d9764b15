"""The addresses of this room: logging in and out, the second step, somebody's own account, and who has which role.

Of django-allauth only what is named here is there; there is no page to sign up.
"""

from allauth.account import views as local
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import URLPattern, path

from wijkpeil.web.accounts import views
from wijkpeil.web.accounts.factors import remove_passkey
from wijkpeil.web.design.marks import View, of_account, takes_forms


def _form(at: str, view: View, name: str) -> URLPattern:
    return path(at, takes_forms(of_account(view)), name=name)


def _page(at: str, view: View, name: str) -> URLPattern:
    return path(at, of_account(view), name=name)


urlpatterns = [
    _page("account", views.account, "account"),
    _form("inloggen", local.login, "account_login"),
    _form("uitloggen", local.logout, "account_logout"),
    _page("inloggen/gesloten", local.account_inactive, "account_inactive"),
    _form("inloggen/opnieuw", local.reauthenticate, "account_reauthenticate"),
    _form("wachtwoord", local.password_change, "account_change_password"),
    _form("wachtwoord/vergeten", local.password_reset, "account_reset_password"),
    _page("wachtwoord/verstuurd", local.password_reset_done, "account_reset_password_done"),
    _form("wachtwoord/nieuw/<str:uidb36>/<str:key>", local.password_reset_from_key, "account_reset_password_from_key"),
    _page("wachtwoord/gekozen", local.password_reset_from_key_done, "account_reset_password_from_key_done"),
    _page("tweede-stap", factor.index, "mfa_index"),
    _form("inloggen/tweede-stap", factor.authenticate, "mfa_authenticate"),
    _form("inloggen/opnieuw/code", factor.reauthenticate, "mfa_reauthenticate"),
    _form("tweede-stap/app", totp.activate_totp, "mfa_activate_totp"),
    _form("tweede-stap/app/weg", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("tweede-stap/herstelcodes", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _form("tweede-stap/herstelcodes/nieuw", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _page("tweede-stap/herstelcodes/bestand", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    _page("tweede-stap/passkeys", passkey.list_webauthn, "mfa_list_webauthn"),
    _form("tweede-stap/passkeys/nieuw", passkey.add_webauthn, "mfa_add_webauthn"),
    _form("tweede-stap/passkeys/<int:pk>/weg", remove_passkey, "mfa_remove_webauthn"),
    _form("inloggen/opnieuw/passkey", passkey.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _form("account/koppelingen", outside.connections, "socialaccount_connections"),
    _page("inloggen/organisatie/gestopt", outside.login_cancelled, "socialaccount_login_cancelled"),
    _form("inloggen/organisatie/<str:provider_id>", oidc.login, "openid_connect_login"),
    _page("inloggen/organisatie/<str:provider_id>/terug", oidc.callback, "openid_connect_callback"),
    path("rollen", views.programmes, name="grants"),
    path("rollen/<str:programme>", takes_forms(views.grants), name="grants_of"),
    path("rollen/<str:programme>/<uuid:key>/intrekken", takes_forms(views.revoke), name="revoke_grant"),
]
