"""What somebody has with their union."""

from django.urls import URLPattern, path

from niangjia.cases.views import own as views

urlpatterns: list[URLPattern] = [
    path("", views.mine, name="mine"),
    path("<str:number>/", views.own_case, name="own_case"),
    path("<str:number>/answer/", views.answer, name="own_answer"),
    path("<str:number>/messages/", views.message, name="own_message"),
    path("<str:number>/withdrawal/", views.withdrawal, name="own_withdrawal"),
]
