"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.feedback.views import rating, scores

urlpatterns: list[URLPattern] = [
    path("rate/<str:token>/", rating.rate, name="rate"),
    path("scores/<str:number>/", scores.scores, name="scores"),
    path("scores/<str:number>/<str:item_key>/", scores.scores, name="item_scores"),
    path("mine/ratings/", rating.mine, name="mine"),
    path("mine/ratings/<str:invitation_id>/", rating.rate_mine, name="rate_mine"),
]
