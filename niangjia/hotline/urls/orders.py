"""The officers' work on orders: giving them on, calling back, checking, being fetched."""

from django.urls import URLPattern, path

from niangjia.hotline.views.desk import board, on_call, order_acts, orders, picking, statistics

urlpatterns: list[URLPattern] = [
    path("board/", board.board, name="board"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/table/", statistics.table, name="statistics_table"),
    path("on-call/", on_call.lists, name="on_call_lists"),
    path("on-call/<str:line>/", on_call.on_call, name="on_call"),
    path("on-call/<str:line>/settings/", on_call.settings, name="line_settings"),
    path("on-call/<str:line>/end/", on_call.end, name="on_call_end"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/dispatch/", order_acts.dispatch, name="dispatch"),
    path("orders/<str:number>/return/", order_acts.give_back, name="order_return"),
    path("orders/<str:number>/units/", picking.unions, name="units"),
    path("orders/<str:number>/grade/", order_acts.grade, name="grade"),
    path("orders/<str:number>/urgency/", order_acts.urgency, name="urgency"),
    path(
        "orders/<str:number>/acknowledgement/",
        order_acts.acknowledgement,
        name="order_acknowledgement",
    ),
    path("orders/<str:number>/contact/", order_acts.contact, name="order_contact"),
    path("orders/<str:number>/call-backs/", order_acts.call_back, name="order_call_back"),
    path("orders/<str:number>/check/", order_acts.check, name="order_check"),
]
