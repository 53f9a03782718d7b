"""The officers' work."""

from django.urls import URLPattern, path

from niangjia.activities.views.desk import coming, lists, planning, running

urlpatterns: list[URLPattern] = [
    path("", lists.desk, name="desk"),
    path("new/", planning.new, name="new"),
    path("sessions/<str:session_id>/", running.session, name="session"),
    path("sessions/<str:session_id>/removal/", running.removal, name="removal"),
    path("sessions/<str:session_id>/attendance/", coming.attendance, name="attendance"),
    path("sessions/<str:session_id>/people/", coming.of_session, name="desk_session"),
    path("sessions/<str:session_id>/door/", coming.door, name="door"),
    path("runs/<str:run_id>/", coming.coming, name="coming"),
    path("runs/<str:run_id>/insurance/", coming.insurance, name="insurance"),
    path("runs/<str:run_id>/message/", running.message, name="message"),
    path("runs/<str:run_id>/seats/", running.seats, name="seats"),
    path("runs/<str:run_id>/cancellation/", running.run_cancellation, name="run_cancellation"),
    path("runs/<str:run_id>/additions/", running.session_addition, name="session_addition"),
    path("sign-ups/<str:sign_up_id>/decision/", coming.decision, name="decision"),
    path("sign-ups/<str:sign_up_id>/payment/", coming.payment, name="payment"),
    path("<str:number>/", running.plan, name="plan"),
    path("<str:number>/words/", planning.change, name="change"),
    path("<str:number>/preview/", planning.preview, name="preview"),
    path("<str:number>/publication/", planning.publication, name="publication"),
    path("<str:number>/cancellation/", running.cancellation, name="cancellation"),
    path("<str:number>/additions/", running.addition, name="addition"),
]
