"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.allocation.views import draws, lines

urlpatterns: list[URLPattern] = [
    path("pools/<uuid:pool_id>/", lines.pool, name="pool"),
    path("pools/<uuid:pool_id>/claims/", lines.claim, name="claim"),
    path("mine/claims/", lines.mine, name="mine"),
    path("mine/claims/<uuid:claim_id>/confirmation/", lines.confirmation, name="confirmation"),
    path("mine/claims/<uuid:claim_id>/return/", lines.leaving, name="leaving"),
    path("draws/", draws.draws, name="draws"),
    path("draws/<str:number>/", draws.draw, name="draw"),
    path("draws/<str:number>/line/", draws.line, name="draw_line"),
    path("draws/<str:number>/files/<str:name>", draws.draw_file, name="draw_file"),
]
