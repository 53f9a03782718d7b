"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.activities.views import finding, mine, showing

urlpatterns: list[URLPattern] = [
    path("activities/", finding.find, name="find"),
    path("activities/runs/<uuid:run_id>/", showing.run, name="run"),
    path("activities/<str:number>/", showing.activity, name="activity"),
    path("activities/<str:number>/sign-up/", showing.sign_up, name="sign_up"),
    path("programmes/<str:key>/", finding.programme, name="programme"),
    path("mine/activities/", mine.mine, name="mine"),
    path("mine/activities/<str:sign_up_id>/", mine.ticket, name="ticket"),
    path("mine/activities/<str:sign_up_id>/return/", mine.give_back, name="give_back"),
    path("mine/activities/<str:sign_up_id>/confirmation/", mine.confirm, name="confirm"),
]
