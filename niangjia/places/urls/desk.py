"""The officers' work, and what keepers do on their phones."""

from django.urls import URLPattern, path

from niangjia.places.views import inspecting, keeping, mending
from niangjia.places.views import stars as portal_stars
from niangjia.places.views.desk import (
    hours,
    keepers,
    lists,
    locks,
    place,
    plates,
    problems,
    requests,
    rounds,
    sheets,
    stars,
)

urlpatterns: list[URLPattern] = [
    path("desk/places/", lists.desk, name="desk"),
    path("desk/places/sheet/", sheets.sheet, name="desk_sheet"),
    path("desk/places/new/", lists.new, name="desk_new"),
    path("desk/places/hours/<str:override_id>/removal/", hours.drop, name="desk_hours_removal"),
    path("desk/places/keepers/<str:keeper_id>/end/", keepers.end, name="desk_keeper_end"),
    path("desk/places/rounds/", rounds.desk, name="desk_rounds"),
    path("desk/places/rounds/new/", rounds.new, name="desk_round_new"),
    path("desk/places/rounds/<str:round_id>/", rounds.show, name="desk_round"),
    path("desk/places/rounds/<str:round_id>/hand-over/", rounds.hand_over, name="desk_round_hands"),
    path("desk/places/rounds/<str:round_id>/calling-off/", rounds.call_off, name="desk_round_off"),
    path("desk/places/stars/", stars.desk, name="desk_stars"),
    path("desk/places/objections/<str:objection_id>/", stars.decision, name="desk_objection"),
    path("desk/places/<str:code>/stars/", stars.place, name="desk_place_stars"),
    path("desk/places/<str:code>/stars/objection/", stars.objection, name="desk_stars_objection"),
    path("desk/places/<str:code>/stars/by-hand/", stars.by_hand, name="desk_stars_by_hand"),
    path("desk/places/problems/", problems.desk, name="desk_problems"),
    path("desk/places/problems/<str:problem_id>/", problems.show, name="desk_problem"),
    path("desk/places/problems/<str:problem_id>/mending/", problems.mend, name="desk_mend"),
    path("desk/places/problems/<str:problem_id>/review/", problems.review, name="desk_review"),
    path(
        "desk/places/problems/<str:problem_id>/more-time/", problems.extend, name="desk_more_time"
    ),
    path("desk/places/problems/<str:problem_id>/reopening/", problems.reopen, name="desk_reopen"),
    path("desk/places/site-photos/<str:photo_id>/", inspecting.photo, name="desk_site_photo"),
    path(
        "desk/places/locks/<str:lock_id>/revocation/", locks.revocation, name="desk_lock_revocation"
    ),
    path("desk/places/<str:code>/locks/", locks.locks, name="desk_locks"),
    path("desk/places/requests/", requests.requests, name="desk_requests"),
    path(
        "desk/places/requests/<str:request_id>/shipment/",
        requests.sending,
        name="desk_request_sending",
    ),
    path(
        "desk/places/requests/<str:request_id>/refusal/",
        requests.declining,
        name="desk_request_declining",
    ),
    path(
        "desk/places/requests/<str:request_id>/arrival/",
        requests.arrival,
        name="desk_request_arrival",
    ),
    path("inspecting/", inspecting.own, name="inspecting"),
    path("inspecting/<str:round_id>/", inspecting.show_round, name="inspecting_round"),
    path("inspecting/places/<str:inspection_id>/", inspecting.inspect, name="inspect"),
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
    path(
        "desk/places/<str:code>/plate/confirmation/",
        plates.confirmation,
        name="desk_plate_confirmation",
    ),
    path("keeping/", keeping.kept, name="kept"),
    path("keeping/invitations/<str:token>/", keeping.invitation, name="keeper_invitation"),
    path("keeping/hours/<str:override_id>/removal/", keeping.reopen, name="keep_reopen"),
    path("keeping/problems/<str:problem_id>/", mending.mend, name="keep_problem"),
    path("keeping/site-photos/<str:photo_id>/", mending.photo, name="keep_site_photo"),
    path("keeping/supplies/<str:supply_id>/", keeping.ending, name="keep_ending"),
    path("keeping/requests/<str:request_id>/", keeping.receipt, name="keep_receipt"),
    path("keeping/<str:code>/", keeping.keep, name="keep"),
    path("keeping/<str:code>/stars/", portal_stars.keep_stars, name="keep_stars"),
    path("keeping/<str:code>/tick/", keeping.tick, name="keep_tick"),
    path("keeping/<str:code>/closures/", keeping.shut, name="keep_shut"),
    path("keeping/<str:code>/supplies/", keeping.supply, name="keep_supply"),
]
