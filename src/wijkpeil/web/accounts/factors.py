"""Takes a passkey away, unless it is the last second step of somebody who needs one."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """That of django-allauth asks nobody whether a passkey may go; only its page for the app does."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the last second step, and say why."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)  # type: ignore[no-any-return]


remove_passkey = RemovePasskey.as_view()
