"""The API's frame: every room's router, in one way of speaking."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from niangjia.api_root import openapi, problems
from niangjia.api_root.door import door
from niangjia.api_root.parsing import StrictParser

#: Addresses of the frame itself, which are read only.
FRAME = {"openapi-json", "api-root"}


class Readable(JSONRenderer):
    """JSON in UTF-8: Chinese as it is read, in half the bytes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    """ninja, with problems for answers, a door before every operation, and a truthful schema."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=StrictParser(), renderer=Readable(), **options)
        problems.install(self)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for url in urls:
            if isinstance(url, URLPattern):
                view = self.index if url.name == "api-root" else url.callback
                url.callback = door(require_safe(view) if url.name in FRAME else view)
        return [*urls, re_path(r"", door(problems.missing), name="api-missing")]

    def index(self, request: HttpRequest) -> HttpResponse:
        """Where to begin."""
        return JsonResponse(
            {"title": self.title, "version": self.version, "openapi": f"{request.path}openapi.json"}
        )

    def get_openapi_operation_id(self, operation: Any) -> str:
        """`members.list_notices`: the room and what it does."""
        room = operation.view_func.__module__.split(".")[1]
        return f"{room}.{operation.view_func.__name__}"

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        """OpenAPI 3.1 with what the door adds to every operation. Not to be changed."""
        return self.document

    @cached_property
    def document(self) -> OpenAPISchema:
        """Written once a process, at the first who asks: it takes about a second."""
        document = super().get_openapi_schema()
        openapi.complete(document)
        return document
