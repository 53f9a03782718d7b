"""The REST API: each room's router under one roof."""

from ninja import NinjaAPI

api = NinjaAPI(title="Niangjia", version="1", docs_url="docs", openapi_url="openapi.json")

api.add_router("/unions", "niangjia.organisations.api.router")
api.add_router("/me", "niangjia.members.api.accounts.router")
api.add_router("/applications", "niangjia.members.api.applications.router")
api.add_router("/memberships", "niangjia.members.api.memberships.router")
api.add_router("/card", "niangjia.members.api.memberships.cards")
api.add_router("/notices", "niangjia.members.api.notices.router")
