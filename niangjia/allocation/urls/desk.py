"""For officers."""

from django.urls import URLPattern, path

from niangjia.allocation.views.desk import draws

urlpatterns: list[URLPattern] = [
    path("desk/draws/", draws.draws, name="desk_draws"),
    path("desk/draws/<str:number>/", draws.draw, name="desk_draw"),
    path("desk/draws/<str:number>/reading/", draws.reading, name="draw_reading"),
    path("desk/draws/<str:number>/void/", draws.void, name="draw_void"),
    path("desk/pools/<uuid:pool_id>/draw/", draws.announcement, name="draw_announcement"),
]
