"""The agents' work."""

from django.urls import URLPattern, path

from niangjia.hotline.views.desk import calls, intake, knowledge, letters, shifts

urlpatterns: list[URLPattern] = [
    path("", calls.desk, name="desk"),
    path("waiting/", calls.waiting, name="waiting"),
    path("letters/", letters.letters, name="letters"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/beginning/", shifts.beginning, name="shift_beginning"),
    path("shifts/ending/", shifts.ending, name="shift_ending"),
    path("shifts/<str:shift_id>/acknowledgement/", shifts.acknowledgement, name="acknowledgement"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/article/", knowledge.article, name="article"),
    path("knowledge/topics/", knowledge.topic, name="topic"),
    path("knowledge/topics/end/", knowledge.topic_end, name="topic_end"),
    path("calls/<str:call_id>/", intake.call, name="call"),
    path("calls/<str:call_id>/taking/", calls.taking, name="taking"),
    path("calls/<str:call_id>/handing-back/", calls.handing_back, name="handing_back"),
    path("calls/<str:call_id>/ending/", calls.ending, name="ending"),
    path("calls/<str:call_id>/draft/", intake.draft, name="draft"),
    path("calls/<str:call_id>/questions/", intake.questions, name="questions"),
    path("calls/<str:call_id>/topics/", intake.topics, name="topics"),
    path("calls/<str:call_id>/unions/", intake.unions, name="unions"),
    path("calls/<str:call_id>/articles/", intake.articles, name="articles"),
    path("calls/<str:call_id>/caller/", intake.earlier, name="caller"),
]
