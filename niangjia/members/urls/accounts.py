"""Privacy and account settings."""

from django.urls import URLPattern, path

from niangjia.members.views import accounts, privacy

urlpatterns: list[URLPattern] = [
    path("mine/account/", accounts.account, name="account"),
    path("mine/identity/", accounts.identity, name="identity"),
    path("mine/account/phone/", accounts.phone, name="phone"),
    path("mine/account/phone/codes/", accounts.phone_codes, name="phone-codes"),
    path("mine/privacy/", privacy.privacy, name="privacy"),
    path("mine/privacy/consents/", privacy.consents, name="consents"),
    path("mine/privacy/consents/<slug:purpose>/", privacy.consent, name="consent"),
    path(
        "mine/privacy/consents/<slug:purpose>/withdrawal/",
        privacy.consent_withdrawal,
        name="consent-withdrawal",
    ),
    path("mine/privacy/export/", privacy.export, name="export"),
    path("mine/privacy/deletion/", privacy.deletion, name="deletion"),
]
