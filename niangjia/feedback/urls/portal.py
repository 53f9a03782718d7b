"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.feedback.views import rating

urlpatterns: list[URLPattern] = [
    path("rate/<str:token>/", rating.rate, name="rate"),
    path("mine/ratings/", rating.mine, name="mine"),
    path("mine/ratings/<str:invitation_id>/", rating.rate_mine, name="rate_mine"),
]
