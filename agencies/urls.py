"""Sign-in, absences, targets, undelivered e-mails, and the systems of agencies and partners: keys and events."""

from django.urls import include, path

from agencies.views import absences, factors, keys, password, sessions, sign_in, targets, undelivered, webhooks

_PAGES = [
    path("account/", factors.account, name="account"),
    path("account/confirm/", factors.confirm, name="confirm"),
    path("account/second-factor/", factors.set_up, name="set-up"),
    path("account/second-factor/app/", factors.set_up_app, name="set-up-app"),
    path("account/second-factor/passkey/", factors.set_up_passkey, name="set-up-passkey"),
    path("account/second-factor/<int:number>/remove/", factors.remove, name="remove-factor"),
    path("account/password/", password.change_password, name="change-password"),
    path("account/recovery-codes/", factors.new_codes, name="recovery-codes"),
    path("account/sessions/end/", sessions.end_others, name="end-sessions"),
    path("account/sessions/<uuid:number>/end/", sessions.end, name="end-session"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:absence_id>/end/", absences.end, name="end-absence"),
    path("agencies/<uuid:agency_id>/absence/", absences.absence, name="absence"),
    path("agencies/<uuid:agency_id>/targets/", targets.agency_target, name="target"),
    path("targets/", targets.targets, name="targets"),
    path("targets/default/", targets.default_target, name="default-target"),
    path("keys/", keys.keys, name="keys"),
    path("keys/connect/", keys.connect, name="connect-system"),
    path("keys/<uuid:key_id>/rotate/", keys.rotate_key, name="rotate-key"),
    path("keys/<uuid:key_id>/revoke/", keys.revoke_key, name="revoke-key"),
    path("undelivered/", undelivered.undelivered, name="undelivered"),
    path("undelivered/<uuid:notice_id>/replay/", undelivered.replay, name="replay"),
    path("reactions/<uuid:handling_id>/replay/", undelivered.replay_reaction, name="replay-reaction"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<uuid:agency_id>/", webhooks.agency_webhooks, name="agency-webhooks"),
    path("webhooks/endpoints/<uuid:endpoint_id>/", webhooks.endpoint, name="endpoint"),
    path("webhooks/endpoints/<uuid:endpoint_id>/test/", webhooks.test_endpoint, name="test-endpoint"),
    path("webhooks/endpoints/<uuid:endpoint_id>/rotate/", webhooks.rotate_endpoint, name="rotate-endpoint"),
    path("webhooks/endpoints/<uuid:endpoint_id>/disable/", webhooks.disable, name="disable-endpoint"),
    path("webhooks/endpoints/<uuid:endpoint_id>/enable/", webhooks.enable, name="enable-endpoint"),
    path("webhooks/events/<uuid:delivery_id>/replay/", webhooks.replay_event, name="replay-event"),
]

urlpatterns = [
    path("casework/sign-in/", sign_in.sign_in, name="account_login"),
    path("casework/sign-in/code/", sign_in.second_factor, name="mfa_authenticate"),
    path("casework/sign-in/passkey/", sign_in.passkey, name="sign-in-by-passkey"),
    path("casework/sign-in/with/<slug:provider_id>/", sign_in.by_provider, name="openid_connect_login"),
    path("casework/sign-in/with/<slug:provider_id>/done/", sign_in.from_provider, name="openid_connect_callback"),
    path("casework/sign-out/", sign_in.sign_out, name="account_logout"),
    path("casework/", include((_PAGES, "agencies"))),
]
