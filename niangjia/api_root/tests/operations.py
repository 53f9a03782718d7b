"""Made-up operations, for the tests of tokens and keys."""

from django.urls import path
from ninja import Schema, Status

from niangjia.api_root.auth import signed_in
from niangjia.api_root.frame import Api
from niangjia.core import clock, errors
from niangjia.core.models import OutboxEvent
from niangjia.members.selectors.second_factor import second_factor_passed

api = Api(title="Tests", version="t", docs_url=None, auth=signed_in, urls_namespace="tests")


class ThingIn(Schema):
    name: str


@api.post("things", response={201: ThingIn})
def make_thing(request, body: ThingIn):
    OutboxEvent.objects.create(type=body.name, payload={}, at=clock.now())
    if body.name == "conflict":
        raise errors.Conflict("somebody was faster")
    if body.name == "broken":
        raise RuntimeError("a mistake of ours")
    return Status(201, body)


@api.get("me", response=dict)
def me(request):
    return {"id": str(request.user.pk), "second_factor": second_factor_passed(request)}


urlpatterns = [path("api/t/", api.urls)]
