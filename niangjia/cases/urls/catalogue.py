"""Writing the catalogue."""

from django.urls import URLPattern, path

from niangjia.cases.views.desk.catalogue import items, parts, trial, unasked, versions

ONE = "versions/<str:version_id>/"

urlpatterns: list[URLPattern] = [
    path("", items.items, name="items"),
    path("new/", items.new_item, name="new_item"),
    path(ONE, versions.version, name="item_version"),
    path(f"{ONE}part/", parts.part, name="item_part"),
    path(f"{ONE}document/", parts.raw, name="item_document"),
    path(f"{ONE}condition/", parts.condition, name="item_condition"),
    path(f"{ONE}preview/", trial.preview, name="item_preview"),
    path(f"{ONE}trial/", trial.trial, name="item_trial"),
    path(f"{ONE}publication/", versions.publication, name="item_publication"),
    path(f"{ONE}request/", versions.asked_publication, name="item_request"),
    path(f"{ONE}retirement/", versions.retirement, name="item_retirement"),
    path(f"{ONE}discarding/", versions.discarding, name="item_discarding"),
    path("unions/<str:number>/", items.union_items, name="union_items"),
    path("unions/<str:number>/unasked/", unasked.unasked, name="unasked"),
    path("unions/<str:number>/unasked/people/", unasked.people, name="unasked_people"),
    path("unions/<str:number>/unasked/sheet/", unasked.export, name="unasked_export"),
    path("unions/<str:number>/unasked/message/", unasked.message, name="unasked_message"),
    path("unions/<str:number>/drafts/", items.drafts, name="item_drafts"),
]
