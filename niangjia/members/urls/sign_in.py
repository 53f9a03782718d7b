"""Signing in, at allauth's own names (account_login, ...), so outside the room's namespace.

Only what we use is mounted: no mail addresses, no password reset, no separate sign-up.
"""

from allauth.account import views as account
from django.urls import include, path

from niangjia.members.views import demo, second_factor, sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("login/code/confirm/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("login/code/again/", sign_in.resend_code, name="account_resend_login_code"),
    path("login/password/", sign_in.sign_in_with_password, name="account_password_login"),
    path("signup/", sign_in.signed_up_here, name="account_signup"),
    path("password/reset/", sign_in.signed_up_here, name="account_reset_password"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/totp/activate/", second_factor.activate_totp, name="mfa_activate_totp"),
    path("2fa/recovery-codes/", second_factor.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/webauthn/add/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("demo/codes/", demo.shown_codes, name="account_demo_codes"),
    path("demo/<slug:key>/", demo.enter, name="account_demo_enter"),
]
