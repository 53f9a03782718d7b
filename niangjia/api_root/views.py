"""The page that documents the API, and the addresses that say whether the node is well."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from niangjia.api_root import documentation as pages
from niangjia.api_root import health
from niangjia.api_root.api import api


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation, from the same document that machines read."""
    schema: dict[str, Any] = api.get_openapi_schema()
    context = {"schema": schema, "groups": pages.groups(schema)}
    return render(request, "api_root/documentation.html", context)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and a worker is alive, 503 and what is missing otherwise."""
    found = health.check()
    return JsonResponse(found.as_json(), status=200 if found.is_well else 503)
