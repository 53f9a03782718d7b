"""The REST API: each room's router under one roof."""

from ninja import NinjaAPI

api = NinjaAPI(title="Niangjia", version="1", docs_url="docs", openapi_url="openapi.json")

api.add_router("/unions", "niangjia.organisations.api.router")
api.add_router("/me", "niangjia.members.api.accounts.router")
