"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.allocation.views import draws

urlpatterns: list[URLPattern] = [
    path("draws/", draws.draws, name="draws"),
    path("draws/<str:number>/", draws.draw, name="draw"),
    path("draws/<str:number>/line/", draws.line, name="draw_line"),
    path("draws/<str:number>/files/<str:name>", draws.draw_file, name="draw_file"),
]
