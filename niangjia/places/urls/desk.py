"""The officers' work, and what keepers do on their phones."""

from django.urls import URLPattern, path

from niangjia.places.views import keeping
from niangjia.places.views.desk import hours, keepers, lists, place, plates, sheets

urlpatterns: list[URLPattern] = [
    path("desk/places/", lists.desk, name="desk"),
    path("desk/places/sheet/", sheets.sheet, name="desk_sheet"),
    path("desk/places/new/", lists.new, name="desk_new"),
    path("desk/places/hours/<str:override_id>/removal/", hours.drop, name="desk_hours_removal"),
    path("desk/places/keepers/<str:keeper_id>/end/", keepers.end, name="desk_keeper_end"),
    path("desk/places/<str:code>/", place.place, name="desk_place"),
    path("desk/places/<str:code>/listing/", lists.change, name="desk_change"),
    path("desk/places/<str:code>/hours/", hours.hours, name="desk_hours"),
    path("desk/places/<str:code>/other-hours/", hours.other_hours, name="desk_other_hours"),
    path("desk/places/<str:code>/application/", place.application, name="desk_application"),
    path("desk/places/<str:code>/check/", place.check, name="desk_check"),
    path("desk/places/<str:code>/approval/", place.approval, name="desk_approval"),
    path("desk/places/<str:code>/publication/", place.publication, name="desk_publication"),
    path("desk/places/<str:code>/closing/", place.closing, name="desk_closing"),
    path("desk/places/<str:code>/keepers/", keepers.keepers, name="desk_keepers"),
    path("desk/places/<str:code>/plate/", plates.plate, name="desk_plate"),
    path("desk/places/<str:code>/plate/renewal/", plates.renewal, name="desk_plate_renewal"),
    path("keeping/", keeping.kept, name="kept"),
    path("keeping/invitations/<str:token>/", keeping.invitation, name="keeper_invitation"),
    path("keeping/hours/<str:override_id>/removal/", keeping.reopen, name="keep_reopen"),
    path("keeping/supplies/<str:supply_id>/", keeping.ending, name="keep_ending"),
    path("keeping/<str:code>/", keeping.keep, name="keep"),
    path("keeping/<str:code>/tick/", keeping.tick, name="keep_tick"),
    path("keeping/<str:code>/closures/", keeping.shut, name="keep_shut"),
    path("keeping/<str:code>/supplies/", keeping.supply, name="keep_supply"),
]
