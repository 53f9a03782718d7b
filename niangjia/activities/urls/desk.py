"""The officers' work."""

from django.urls import URLPattern, path

from niangjia.activities.views.desk import (
    certificates,
    co_organising,
    coming,
    lists,
    matching,
    photos,
    planning,
    programmes,
    running,
    teams,
)

urlpatterns: list[URLPattern] = [
    path("", lists.desk, name="desk"),
    path("new/", planning.new, name="new"),
    path("programmes/", programmes.programme_pages, name="programme_pages"),
    path("programmes/<str:page_id>/", programmes.programme_page, name="programme_page"),
    path("programmes/<str:page_id>/words/", programmes.programme_words, name="programme_words"),
    path(
        "programmes/<str:page_id>/additions/",
        programmes.programme_addition,
        name="programme_addition",
    ),
    path(
        "programmes/<str:page_id>/removal/", programmes.programme_removal, name="programme_removal"
    ),
    path(
        "programmes/<str:page_id>/publication/",
        programmes.programme_publication,
        name="programme_publication",
    ),
    path(
        "programmes/<str:page_id>/retirement/",
        programmes.programme_retirement,
        name="programme_retirement",
    ),
    path("together/", co_organising.co_organisations, name="co_organisations"),
    path("together/<str:co_organiser_id>/", co_organising.co_organisation, name="co_organisation"),
    path(
        "together/<str:co_organiser_id>/acceptance/",
        co_organising.co_organisation_acceptance,
        name="co_organisation_acceptance",
    ),
    path(
        "together/<str:co_organiser_id>/refusal/",
        co_organising.co_organisation_refusal,
        name="co_organisation_refusal",
    ),
    path(
        "together/<str:co_organiser_id>/departure/",
        co_organising.co_organisation_departure,
        name="co_organisation_departure",
    ),
    path(
        "co-organisers/<str:co_organiser_id>/share/",
        co_organising.co_organiser_share,
        name="co_organiser_share",
    ),
    path(
        "co-organisers/<str:co_organiser_id>/removal/",
        co_organising.co_organiser_removal,
        name="co_organiser_removal",
    ),
    path(
        "match-reports/<str:report_id>/decision/",
        matching.match_report_decision,
        name="match_report_decision",
    ),
    path("sessions/<str:session_id>/", running.session, name="session"),
    path(
        "sessions/<str:session_id>/cancellation/",
        running.session_cancellation,
        name="session_cancellation",
    ),
    path("sessions/<str:session_id>/removal/", running.removal, name="removal"),
    path("sessions/<str:session_id>/attendance/", coming.attendance, name="attendance"),
    path("sessions/<str:session_id>/people/", coming.of_session, name="desk_session"),
    path("sessions/<str:session_id>/door/", coming.door, name="door"),
    path("sessions/<str:session_id>/photos/", photos.photos_desk, name="photos_desk"),
    path("photos/<str:photo_id>/", photos.desk_photo, name="desk_photo"),
    path("photos/<str:photo_id>/removal/", photos.photo_removal, name="photo_removal"),
    path(
        "photo-requests/<str:request_id>/decision/",
        photos.photo_decision,
        name="photo_decision",
    ),
    path("runs/<str:run_id>/", coming.coming, name="coming"),
    path("runs/<str:run_id>/teams/", teams.teams, name="teams"),
    path("runs/<str:run_id>/insurance/", coming.insurance, name="insurance"),
    path("runs/<str:run_id>/message/", running.message, name="message"),
    path("runs/<str:run_id>/seats/", running.seats, name="seats"),
    path("runs/<str:run_id>/closing/", running.sign_up_end, name="sign_up_end"),
    path("runs/<str:run_id>/closing/later/", running.sign_up_longer, name="sign_up_longer"),
    path("runs/<str:run_id>/cancellation/", running.run_cancellation, name="run_cancellation"),
    path("runs/<str:run_id>/additions/", running.session_addition, name="session_addition"),
    path("sign-ups/<str:sign_up_id>/decision/", coming.decision, name="decision"),
    path("sign-ups/<str:sign_up_id>/payment/", coming.payment, name="payment"),
    path(
        "certificates/<str:certificate_id>/revocation/",
        certificates.revocation,
        name="certificate_revocation",
    ),
    path("<str:number>/certificates/", certificates.certificates, name="desk_certificates"),
    path("<str:number>/certificates/issue/", certificates.issuing, name="certificate_issuing"),
    path("<str:number>/", running.plan, name="plan"),
    path("<str:number>/together/", co_organising.co_organisers, name="co_organisers"),
    path("<str:number>/matching/", matching.matching_desk, name="matching_desk"),
    path("<str:number>/words/", planning.change, name="change"),
    path("<str:number>/preview/", planning.preview, name="preview"),
    path("<str:number>/publication/", planning.publication, name="publication"),
    path("<str:number>/cancellation/", running.cancellation, name="cancellation"),
    path("<str:number>/additions/", running.addition, name="addition"),
]
