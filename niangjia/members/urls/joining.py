"""Joining, the member card and the inbox."""

from django.urls import URLPattern, path

from niangjia.members.views import joining as views

urlpatterns: list[URLPattern] = [
    path("unions/<str:number>/join/", views.join, name="join"),
    path("unions/<str:number>/join/draft/", views.join_draft, name="join_draft"),
    path("mine/", views.mine, name="mine"),
    path("mine/applications/<str:number>/", views.application, name="application"),
    path("mine/applications/<str:number>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("mine/applications/<str:number>/review/", views.review, name="review"),
    path("mine/membership/", views.membership, name="membership"),
    path("mine/membership/resignation/", views.resignation, name="resignation"),
    path("mine/card/", views.card, name="card"),
    path("mine/card/code/", views.card_code, name="card_code"),
    path("mine/notices/", views.notices, name="notices"),
    path("mine/notices/reading/", views.notices_reading, name="notices_reading"),
    path("mine/notices/<uuid:notice_id>/reading/", views.notice_reading, name="notice_reading"),
    path("check/", views.check_typed, name="check_typed"),
    path("check/<str:code>/", views.check, name="check"),
]
