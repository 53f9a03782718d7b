"""The REST API: each room's router under one roof."""

from niangjia.api_root.auth import signed_in
from niangjia.api_root.frame import Api

api = Api(
    title="Niangjia",
    version="1",
    description=(
        "Whatever the pages can do. Sign in with a token (`Authorization: Bearer nj_…`, made under "
        "/mine/tokens/) or with the session of the site. Errors are problem+json; lists answer "
        '`{"items": […], "next": cursor or null}`.'
    ),
    docs_url=None,
    openapi_url="openapi.json",
    auth=signed_in,
)

api.add_router("/divisions", "niangjia.regions.api.router")
api.add_router("/unions", "niangjia.organisations.api.router")
api.add_router("/me", "niangjia.members.api.accounts.router")
api.add_router("/applications", "niangjia.members.api.applications.router")
api.add_router("/memberships", "niangjia.members.api.memberships.router")
api.add_router("/card", "niangjia.members.api.memberships.cards")
api.add_router("/notices", "niangjia.members.api.notices.router")
api.add_router("/nation", "niangjia.members.api.nation.router")
api.add_router("/calendar", "niangjia.members.api.calendar.router")
api.add_router("/desk/calendar", "niangjia.members.api.calendar.desk")
api.add_router("/ratings/links", "niangjia.feedback.api.ratings.links")
api.add_router("/ratings", "niangjia.feedback.api.ratings.router")
api.add_router("/scores", "niangjia.feedback.api.ratings.scores")
api.add_router("/pools", "niangjia.allocation.api.claiming.router")
api.add_router("/pools", "niangjia.allocation.api.own.router")
api.add_router("/claims", "niangjia.allocation.api.own.claims")
api.add_router("/services", "niangjia.cases.api.services.router")
api.add_router("/public-notices", "niangjia.cases.api.unasked.notices")
api.add_router("/receipts", "niangjia.cases.api.services.receipts")
api.add_router("/receipts", "niangjia.cases.api.files.of_receipts")
api.add_router("/services", "niangjia.cases.api.files.of_services")
api.add_router("/drafts", "niangjia.cases.api.drafts.router")
api.add_router("/cases", "niangjia.cases.api.files.of_own")
api.add_router("/desk/cases", "niangjia.cases.api.files.of_desk")
api.add_router("/receipts", "niangjia.cases.api.own_letters.receipts")
api.add_router("/letters", "niangjia.cases.api.own_letters.verification")
api.add_router("/cases", "niangjia.cases.api.own_letters.of_cases")
api.add_router("/desk/cases", "niangjia.cases.api.letters.of_cases")
api.add_router("/desk/letters", "niangjia.cases.api.letters.router")
api.add_router("/cases", "niangjia.cases.api.own.router")
api.add_router("/desk/cases", "niangjia.cases.api.desk.router")
api.add_router("/desk/case-searches", "niangjia.cases.api.searches.router")
api.add_router("/desk/cases", "niangjia.cases.api.links.router")
api.add_router("/desk/cases", "niangjia.cases.api.desk_groups.router")
api.add_router("/cases", "niangjia.cases.api.groups.router")
api.add_router("/group-memberships", "niangjia.cases.api.groups.joining")
api.add_router("/receipts/groups", "niangjia.cases.api.groups.receipts")
api.add_router("/desk/case-rules", "niangjia.cases.api.assigning.router")
api.add_router("/desk/services", "niangjia.cases.api.catalogue.router")
api.add_router("/desk/unasked", "niangjia.cases.api.unasked.router")
api.add_router("/desk/emergencies", "niangjia.cases.api.emergency.router")
api.add_router("/desk/decoys", "niangjia.cases.api.decoys.router")
api.add_router("/draws", "niangjia.allocation.api.draws.router")
api.add_router("/desk/draws", "niangjia.allocation.api.draws.desk")
api.add_router("/gates", "niangjia.allocation.api.gates.router")
api.add_router("/codes", "niangjia.allocation.api.gates.codes")
api.add_router("/desk/hotline/orders", "niangjia.hotline.api.orders.router")
api.add_router("/desk/hotline", "niangjia.hotline.api.figures.router")
api.add_router("/desk/hotline", "niangjia.hotline.api.knowledge.router")
api.add_router("/desk/hotline/shifts", "niangjia.hotline.api.shifts.router")
api.add_router("/hotline", "niangjia.hotline.api.portal.router")
api.add_router("/desk/hotline", "niangjia.hotline.api.desk.router")
api.add_router("/activities", "niangjia.activities.api.portal.router")
api.add_router("/sign-ups", "niangjia.activities.api.portal.mine")
api.add_router("/desk/activities", "niangjia.activities.api.desk.router")
api.add_router("/desk/activity-runs", "niangjia.activities.api.running.runs")
api.add_router("/desk/activity-sessions", "niangjia.activities.api.running.sessions")
api.add_router("/desk/sign-ups", "niangjia.activities.api.running.sign_ups")
api.add_router("/benefits", "niangjia.benefits.api.portal.router")
api.add_router("/coupons", "niangjia.benefits.api.portal.coupons")
api.add_router("/tills", "niangjia.benefits.api.tills.router")
api.add_router("/desk/benefits", "niangjia.benefits.api.desk.router")
api.add_router("/desk/benefits", "niangjia.benefits.api.desk_merchants.router")
api.add_router("/desk/benefits", "niangjia.benefits.api.desk_sharing.router")
api.add_router("/desk", "niangjia.feedback.api.desk.router")
api.add_router("/desk", "niangjia.members.api.desk.router")
api.add_router("/desk/members", "niangjia.members.api.desk_members.router")
api.add_router("/desk/substitutions", "niangjia.members.api.substitutions.router")
api.add_router("/desk/unions", "niangjia.members.api.desk_unions.router")
