"""What a union sends: its register of letters, and what stands at their head."""

from django.urls import URLPattern, path

from niangjia.cases.views.desk import heads

urlpatterns: list[URLPattern] = [
    path("", heads.register, name="letters"),
    path("head/", heads.head, name="letter_head"),
    path("head/seal/", heads.seal, name="letter_seal"),
]
