"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.allocation.views import codes, draws, gates, lines

urlpatterns: list[URLPattern] = [
    path("pools/<uuid:pool_id>/", lines.pool, name="pool"),
    path("pools/<uuid:pool_id>/order.txt", lines.order_file, name="order_file"),
    path("pools/<uuid:pool_id>/claims/", lines.claim, name="claim"),
    path("mine/claims/", lines.mine, name="mine"),
    path("mine/claims/<uuid:claim_id>/confirmation/", lines.confirmation, name="confirmation"),
    path("mine/claims/<uuid:claim_id>/return/", lines.leaving, name="leaving"),
    path("draws/", draws.draws, name="draws"),
    path("draws/<str:number>/", draws.draw, name="draw"),
    path("draws/<str:number>/line/", draws.line, name="draw_line"),
    path("draws/<str:number>/files/<str:name>", draws.draw_file, name="draw_file"),
    path("codes/<uuid:claim_id>/", codes.code, name="code"),
    path("codes/<uuid:claim_id>/alone/", codes.code_alone, name="code_alone"),
    path("gates/", gates.gates, name="gates"),
    path("gates/offline/", gates.offline, name="gate_offline"),
    path("gates/<uuid:gate_id>/", gates.gate, name="gate"),
    path("gates/<uuid:gate_id>/entry/", gates.entry, name="gate_entry"),
    path("gates/<uuid:gate_id>/party/", gates.party, name="gate_party"),
]
