"""For officers."""

from django.urls import URLPattern, path

from niangjia.feedback.rules.orders import STEPS
from niangjia.feedback.views.desk import call_backs, counter, orders, scores, signals

DESK = "desk/ratings"

urlpatterns: list[URLPattern] = [
    path(f"{DESK}/", orders.orders, name="orders"),
    path(f"{DESK}/orders/<str:number>/", orders.order, name="order"),
    *[
        path(
            f"{DESK}/orders/<str:number>/{step}/",
            orders.order_step(step),
            name=f"order_{step}",
        )
        for step in STEPS
    ],
    path(f"{DESK}/order-terms/<str:number>/", orders.term, name="order_term"),
    path(f"{DESK}/call-backs/", call_backs.call_backs, name="call_backs"),
    path(f"{DESK}/call-backs/<str:call_back_id>/", call_backs.call_back, name="call_back"),
    path(f"{DESK}/call-backs/<str:call_back_id>/contact/", call_backs.contact, name="contact"),
    path(f"{DESK}/call-backs/<str:call_back_id>/calls/", call_backs.call, name="call"),
    path(f"{DESK}/invitations/<str:invitation_id>/", counter.invitation, name="invitation"),
    path(f"{DESK}/invitations/<str:invitation_id>/code/", counter.code, name="invitation_code"),
    path(
        f"{DESK}/invitations/<str:invitation_id>/rating/",
        counter.spoken,
        name="invitation_rating",
    ),
    path(f"{DESK}/scores/", scores.scores, name="desk_scores"),
    path(f"{DESK}/scores/<str:number>/", scores.scores, name="desk_scores_of"),
    path(f"{DESK}/signals/", signals.signals, name="signals"),
    path(f"{DESK}/signals/<str:signal_id>/judgement/", signals.judgement, name="judgement"),
]
