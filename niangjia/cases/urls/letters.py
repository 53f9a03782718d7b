"""What a union sends: its register of letters, each of them, and what stands at their head."""

from django.urls import URLPattern, path

from niangjia.cases.views.desk import heads, letter

urlpatterns: list[URLPattern] = [
    path("", heads.register, name="letters"),
    path("head/", heads.head, name="letter_head"),
    path("head/seal/", heads.seal, name="letter_seal"),
    path("files/<uuid:file>/", letter.file, name="letter_file"),
    path("<uuid:letter>/", letter.letter, name="letter"),
    path("<uuid:letter>/pdf/", letter.pdf, name="letter_pdf"),
    path("<uuid:letter>/service/", letter.service, name="letter_service"),
    path("<uuid:letter>/answer/", letter.answer, name="letter_answer"),
    path("<uuid:letter>/withdrawal/", letter.withdrawal, name="letter_withdrawal"),
]
