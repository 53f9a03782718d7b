"""What a union does for people."""

from django.urls import URLPattern, path

from niangjia.cases.views import own_letters, public_notices, receipts
from niangjia.cases.views import services as views
from niangjia.cases.views.asking import drafts, officers, pages

urlpatterns: list[URLPattern] = [
    path("", views.catalogue, name="catalogue"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("receipt/letter/", own_letters.receipt_letter, name="receipt_letter"),
    path("receipt/files/", receipts.file_arrival, name="receipt_files"),
    path("receipt/file/", receipts.file, name="receipt_file"),
    path("notices/", public_notices.public_notices, name="public_notices"),
    path("notices/<str:notice>/", public_notices.public_notice, name="public_notice"),
    path("officer-unions/", officers.officer_unions, name="officer_unions"),
    path("<slug:key>/", views.service, name="service"),
    path("<slug:key>/eligibility/", views.eligibility, name="eligibility"),
    path("<slug:key>/asking/", pages.asking, name="asking"),
    path("<slug:key>/asking/draft/", drafts.draft, name="draft"),
    path("<slug:key>/asking/files/", drafts.file, name="draft_file"),
]
