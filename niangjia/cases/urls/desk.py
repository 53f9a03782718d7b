"""The officers' work on cases."""

from django.urls import URLPattern, path

from niangjia.cases.views.desk import (
    acts,
    assigning,
    case,
    emergency,
    links,
    queue,
    search,
    workload,
    writing,
)

urlpatterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path("search/", search.search, name="search"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/<str:grant>/decision/", emergency.decision, name="emergency_decision"),
    path("emergency/<str:grant>/revocation/", emergency.revocation, name="emergency_revocation"),
    path("rules/", assigning.rules, name="assignment_rules"),
    path("rules/preview/", assigning.preview, name="assignment_preview"),
    path("rules/<str:key>/", assigning.rule, name="assignment_rule"),
    path("rules/<str:key>/end/", assigning.rule_end, name="assignment_rule_end"),
    path("<str:number>/", case.case, name="case"),
    path("<str:number>/steps/", acts.step, name="step"),
    path("<str:number>/notes/", acts.note, name="note"),
    path("<str:number>/pause/", acts.pause, name="pause"),
    path("<str:number>/resumption/", acts.resumption, name="resumption"),
    path("<str:number>/extension/", acts.extension, name="extension"),
    path("<str:number>/assignment/", workload.assignment, name="assignment"),
    path("<str:number>/take-over/", acts.take_over, name="take_over"),
    path("<str:number>/transfer/", workload.transfer, name="transfer"),
    path("<str:number>/objection/", acts.objection, name="objection"),
    path("<str:number>/units/", workload.units, name="units"),
    path("<str:number>/units/departure/", workload.departure, name="departure"),
    path("<str:number>/links/", links.links, name="links"),
    path("<str:number>/links/confirmation/", links.link_confirmation, name="link_confirmation"),
    path("<str:number>/links/rejection/", links.link_rejection, name="link_rejection"),
    path("<str:number>/links/end/", links.link_end, name="link_end"),
    path("<str:number>/links/merger/", links.merger, name="merger"),
    path("<str:number>/naming/", acts.naming, name="naming"),
    path("<str:number>/follow-ups/", writing.follow_up, name="follow_up"),
    path("<str:number>/letters/", writing.writing, name="letter_new"),
    path("<str:number>/unions/", workload.union_offers, name="union_offers"),
]
