"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.activities.views import (
    calendars,
    certificates,
    finding,
    matching,
    mine,
    months,
    photos,
    programmes,
    showing,
    teams,
)

urlpatterns: list[URLPattern] = [
    path("activities/calendar/", months.month, name="month"),
    path("activities/", finding.find, name="find"),
    path("activities/runs/<uuid:run_id>/", showing.run, name="run"),
    path("activities/calendars/unions/<str:number>.ics", calendars.union, name="union_calendar"),
    path(
        "activities/calendars/programmes/<str:key>.ics",
        calendars.programme,
        name="programme_calendar",
    ),
    path("activities/sessions/<uuid:session_id>.ics", calendars.session, name="session_calendar"),
    path("calendars/<str:token>.ics", calendars.own, name="own_calendar"),
    path("certificates/", certificates.check, name="certificate_check"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("mine/certificates/", certificates.mine, name="certificates"),
    path(
        "mine/certificates/<uuid:certificate_id>.pdf",
        certificates.paper,
        name="certificate_paper",
    ),
    path("mine/volunteering/<uuid:union_id>/", certificates.hours, name="volunteer_hours"),
    path("mine/calendar/", calendars.address, name="calendar_address"),
    path("mine/calendar/end/", calendars.address_end, name="calendar_address_end"),
    path("activities/photos/<str:photo_id>/", photos.photo, name="photo"),
    path("activities/photos/<str:photo_id>/small/", photos.small_photo, name="small_photo"),
    path("activities/photos/<str:photo_id>/take-down/", photos.take_down, name="take_down"),
    path("activities/<str:number>/photos/", photos.photos, name="photos"),
    path("activities/<str:number>/", showing.activity, name="activity"),
    path("activities/<str:number>/sign-up/", showing.sign_up, name="sign_up"),
    path("programmes/<str:key>/", programmes.programme, name="programme"),
    path(
        "programmes/<str:key>/<str:number>/",
        programmes.union_programme,
        name="union_programme",
    ),
    path("mine/activities/", mine.mine, name="mine"),
    path("mine/activities/<str:sign_up_id>/", mine.ticket, name="ticket"),
    path("mine/activities/<str:sign_up_id>/matching/", matching.matching, name="matching"),
    path(
        "mine/activities/<str:sign_up_id>/matching/choice/",
        matching.matching_choice,
        name="matching_choice",
    ),
    path(
        "mine/activities/<str:sign_up_id>/matching/choice-removal/",
        matching.matching_choice_removal,
        name="matching_choice_removal",
    ),
    path(
        "mine/activities/<str:sign_up_id>/matching/block/",
        matching.matching_block,
        name="matching_block",
    ),
    path(
        "mine/activities/<str:sign_up_id>/matching/report/",
        matching.matching_report,
        name="matching_report",
    ),
    path(
        "mine/activities/<str:sign_up_id>/matching/departure/",
        matching.matching_departure,
        name="matching_departure",
    ),
    path("teams/", teams.team_code, name="team_code"),
    path("teams/<str:code>/", teams.team_join, name="team_join"),
    path("mine/activities/<str:sign_up_id>/team/", teams.team, name="team"),
    path(
        "mine/activities/<str:sign_up_id>/team/invitations/",
        teams.team_invitation,
        name="team_invitation",
    ),
    path(
        "mine/activities/<str:sign_up_id>/team/departure/",
        teams.team_departure,
        name="team_departure",
    ),
    path("mine/activities/<str:sign_up_id>/team/removal/", teams.team_removal, name="team_removal"),
    path("mine/activities/<str:sign_up_id>/team/captain/", teams.team_captain, name="team_captain"),
    path("mine/activities/<str:sign_up_id>/return/", mine.give_back, name="give_back"),
    path("mine/activities/<str:sign_up_id>/confirmation/", mine.confirm, name="confirm"),
]
