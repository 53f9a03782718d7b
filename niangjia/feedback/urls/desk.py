"""For officers."""

from django.urls import URLPattern, path

from niangjia.feedback.rules.orders import STEPS
from niangjia.feedback.views.desk import call_backs, counter, orders, signals

urlpatterns: list[URLPattern] = [
    path("desk/orders/", orders.orders, name="orders"),
    path("desk/orders/<str:number>/", orders.order, name="order"),
    *[
        path(f"desk/orders/<str:number>/{step}/", orders.order_step(step), name=f"order_{step}")
        for step in STEPS
    ],
    path("desk/order-terms/<str:number>/", orders.term, name="order_term"),
    path("desk/call-backs/", call_backs.call_backs, name="call_backs"),
    path("desk/call-backs/<str:call_back_id>/", call_backs.call_back, name="call_back"),
    path("desk/call-backs/<str:call_back_id>/contact/", call_backs.contact, name="contact"),
    path("desk/call-backs/<str:call_back_id>/calls/", call_backs.call, name="call"),
    path("desk/invitations/<str:invitation_id>/", counter.invitation, name="invitation"),
    path("desk/invitations/<str:invitation_id>/code/", counter.code, name="invitation_code"),
    path("desk/invitations/<str:invitation_id>/rating/", counter.spoken, name="invitation_rating"),
    path("desk/signals/", signals.signals, name="signals"),
    path("desk/signals/<str:signal_id>/judgement/", signals.judgement, name="judgement"),
]
