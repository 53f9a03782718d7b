"""What somebody has with their union."""

from django.urls import URLPattern, path

from niangjia.cases.views import own as views
from niangjia.cases.views import own_letters

urlpatterns: list[URLPattern] = [
    path("", views.mine, name="mine"),
    path("letters/<uuid:letter>/", own_letters.pdf, name="own_letter"),
    path("<str:number>/", views.own_case, name="own_case"),
    path("<str:number>/answer/", views.answer, name="own_answer"),
    path("<str:number>/messages/", views.message, name="own_message"),
    path("<str:number>/naming/", own_letters.naming, name="own_naming"),
    path("<str:number>/withdrawal/", views.withdrawal, name="own_withdrawal"),
]
