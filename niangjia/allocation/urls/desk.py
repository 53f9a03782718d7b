"""For officers."""

from django.urls import URLPattern, path

from niangjia.allocation.views.desk import draws, gates

urlpatterns: list[URLPattern] = [
    path("desk/draws/", draws.draws, name="desk_draws"),
    path("desk/draws/<str:number>/", draws.draw, name="desk_draw"),
    path("desk/draws/<str:number>/reading/", draws.reading, name="draw_reading"),
    path("desk/draws/<str:number>/void/", draws.void, name="draw_void"),
    path("desk/pools/<uuid:pool_id>/draw/", draws.announcement, name="draw_announcement"),
    path("desk/gates/", gates.gates, name="desk_gates"),
    path("desk/gates/<uuid:gate_id>/", gates.gate, name="desk_gate"),
    path("desk/gates/<uuid:gate_id>/stewards/", gates.steward, name="gate_steward"),
    path("desk/gates/<uuid:gate_id>/stewards/end/", gates.steward_end, name="gate_steward_end"),
    path("desk/entries/<uuid:entry_id>/judgement/", gates.judgement, name="entry_judgement"),
]
