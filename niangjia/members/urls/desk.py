"""The officers' desk."""

from django.urls import URLPattern, path

from niangjia.members.views.desk import (
    applications,
    calendar,
    corrections,
    employers,
    going,
    inbox,
    members,
    paper,
    pickers,
    posts,
    substitutes,
    union_changes,
    union_page,
    union_parts,
    unions,
    workplaces,
)

urlpatterns: list[URLPattern] = [
    path("desk/", inbox.inbox, name="desk"),
    path("desk/go/", going.go, name="go"),
    path("desk/substitutes/", substitutes.substitutes, name="substitutes"),
    path("desk/substitutes/<str:key>/end/", substitutes.substitute_end, name="substitute_end"),
    path("desk/decisions/", inbox.decisions, name="desk_decisions"),
    path("desk/applications/<str:number>/", applications.application, name="desk_application"),
    path("desk/applications/<str:number>/decision/", applications.decision, name="desk_decision"),
    path("desk/applications/<str:number>/identity/", applications.identity, name="desk_identity"),
    path("desk/members/", members.look_up, name="look_up"),
    path("desk/members/entry/", paper.paper_member, name="paper_member"),
    path("desk/members/<str:number>/", members.member, name="desk_member"),
    path(
        "desk/members/<str:number>/correction/",
        corrections.correction,
        name="desk_member_correction",
    ),
    *[
        path(
            f"desk/members/<str:number>/{change}/",
            members.member_change,
            {"change": change},
            name=f"desk_member_{change}",
        )
        for change in ("reservation", "restoration", "end")
    ],
    path("desk/choices/unions/", pickers.union_choices, name="union_choices"),
    path("desk/choices/places/", pickers.place_choices, name="place_choices"),
    path("desk/unions/employers/<str:employer_id>/", employers.employer, name="employer"),
    path(
        "desk/unions/employers/<str:employer_id>/name/",
        employers.employer_name,
        name="employer_name",
    ),
    path(
        "desk/unions/employers/<str:employer_id>/merger/",
        employers.employer_merger,
        name="employer_merger",
    ),
    path("desk/unions/", unions.tree, name="tree"),
    path("desk/unions/<str:number>/", unions.union, name="desk_union"),
    path("desk/unions/<str:number>/edit/", union_page.union_edit, name="union_edit"),
    path("desk/unions/<str:number>/point/", union_page.union_point, name="union_point"),
    path("desk/unions/<str:number>/founding/", union_changes.union_founding, name="union_founding"),
    path(
        "desk/unions/<str:number>/confirmation/",
        union_parts.union_confirmation,
        name="union_confirmation",
    ),
    path(
        "desk/unions/<str:number>/employers/",
        union_parts.union_employers,
        name="union_employers",
    ),
    path(
        "desk/unions/<str:number>/employers/removal/",
        union_parts.union_employer_removal,
        name="union_employer_removal",
    ),
    path(
        "desk/unions/<str:number>/workplaces/",
        workplaces.union_workplaces,
        name="union_workplaces",
    ),
    path("desk/unions/<str:number>/move/", union_changes.union_move, name="union_move"),
    path(
        "desk/unions/<str:number>/dissolution/",
        union_changes.union_dissolution,
        name="union_dissolution",
    ),
    path("desk/unions/<str:number>/posts/", posts.union_posts, name="union_posts"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/calendar/clearings/", calendar.calendar_clearing, name="calendar_clearing"),
    path("desk/calendar/years/", calendar.calendar_year, name="calendar_year"),
    path("desk/posts/", posts.posts, name="posts"),
    path("desk/posts/<str:post_id>/ending/", posts.post_ending, name="post_ending"),
]
