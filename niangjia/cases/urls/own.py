"""What somebody has with their union."""

from django.urls import URLPattern, path

from niangjia.cases.views import groups, moving_away, own_letters
from niangjia.cases.views import own as views
from niangjia.cases.views.asking import drafts

urlpatterns: list[URLPattern] = [
    path("", views.mine, name="mine"),
    path("letters/<uuid:letter>/", own_letters.pdf, name="own_letter"),
    path("groups/join/", groups.join, name="group_join"),
    path("groups/receipt/", groups.group_by_receipt, name="group_by_receipt"),
    path("<str:number>/group/", groups.group, name="group"),
    path("<str:number>/", views.own_case, name="own_case"),
    path("files/<uuid:file_id>/", views.file, name="own_file"),
    path("drafts/files/<uuid:file_id>/", drafts.held_file, name="held_file"),
    path("drafts/<slug:key>/removal/", drafts.removal, name="draft_removal"),
    path("<str:number>/answer/", views.answer, name="own_answer"),
    path("<str:number>/messages/", views.message, name="own_message"),
    path("<str:number>/naming/", own_letters.naming, name="own_naming"),
    path("<str:number>/files/", views.file_arrival, name="own_files"),
    path("<str:number>/move/", moving_away.move, name="own_move"),
    path("<str:number>/record/", moving_away.record, name="own_record"),
    path("<str:number>/withdrawal/", views.withdrawal, name="own_withdrawal"),
]
