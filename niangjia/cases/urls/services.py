"""What a union does for people."""

from django.urls import URLPattern, path

from niangjia.cases.views import own_letters, receipts
from niangjia.cases.views import services as views

urlpatterns: list[URLPattern] = [
    path("", views.catalogue, name="catalogue"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("receipt/letter/", own_letters.receipt_letter, name="receipt_letter"),
    path("<slug:key>/", views.service, name="service"),
    path("<slug:key>/eligibility/", views.eligibility, name="eligibility"),
    path("<slug:key>/asking/", views.asking, name="asking"),
]
