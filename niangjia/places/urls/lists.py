"""Lists of places that officers send."""

from django.urls import URLPattern, path

from niangjia.places.views.desk import sent_lists

urlpatterns: list[URLPattern] = [
    path("desk/places/lists/", sent_lists.lists, name="desk_lists"),
    path("desk/places/lists/sheet/", sent_lists.sheet, name="desk_list_sheet"),
    path("desk/places/lists/<str:list_id>/", sent_lists.show, name="desk_list"),
    path("desk/places/lists/<str:list_id>/meaning/", sent_lists.meaning, name="desk_list_meaning"),
    path("desk/places/lists/<str:list_id>/answers/", sent_lists.answers, name="desk_list_answers"),
    path("desk/places/lists/<str:list_id>/mends/", sent_lists.mends, name="desk_list_mends"),
    path("desk/places/lists/<str:list_id>/entry/", sent_lists.entry, name="desk_list_entry"),
    path("desk/places/lists/<str:list_id>/removal/", sent_lists.removal, name="desk_list_removal"),
    path("desk/places/lists/<str:list_id>/wrong/", sent_lists.wrong, name="desk_list_wrong"),
]
