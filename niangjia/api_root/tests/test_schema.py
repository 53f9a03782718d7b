"""No input to any operation breaks it, and every answer is as the document says (promise 29)."""

import itertools
import uuid

import pytest
import schemathesis
from django.conf import settings
from django.core import signals
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from ninja import Schema
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup, ServerError
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import CONTENT_TYPE_PROBES, CoverageScenario
from schemathesis.specs.openapi import checks

from niangjia.cases.tests.factories import AID, make_case, publish
from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_applicant, make_application
from niangjia.wsgi import application
from tests.database import kept_for_the_module

#: Of every write the door reads the idempotency key, and of all alike: it is tried to the full at
#: one. Elsewhere every other request has a good one.
KEY_TRIED_AT = ("/api/v1/memberships/me/resignation", "post")
#: How a body says that it is written, the frame reads of all alike: it is tried at an operation
#: without a body, at one with a body, and wherever there are files.
CONTENT_TYPE_TRIED_AT = {("/api/v1/divisions", "get"), ("/api/v1/applications", "post")}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for address, methods in raw_schema["paths"].items():
        for method, operation in methods.items():
            if (address, method) != KEY_TRIED_AT:
                operation["parameters"] = [
                    one for one in operation["parameters"] if one["name"] != "Idempotency-Key"
                ]


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
# That an address takes no other method is said once for all of them, by the door and its tests.
schema.config.phases.coverage.unexpected_methods = set()

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]

#: The client behind `from_wsgi` does not unpack what the site compresses.
PLAIN = {"Accept-Encoding": "identity"}

serial = itertools.count()

#: The fields for which something of a wrong type has been made up, where one such is enough.
wrong_once: set[tuple[str, ...]] = set()

#: The start of an address → what is really there, so that not every answer is "no such thing".
really_there: dict[str, dict[str, str]] = {}


@schema.hook("map_path_parameters")
def often_what_is_there(context, path_parameters):
    """Every other made-up value is replaced by one that leads somewhere."""
    for start, known in really_there.items() if path_parameters else ():
        if context.operation.path.startswith(f"/api/v1/{start}"):
            for name, value in known.items():
                if name in path_parameters and len(str(path_parameters[name])) % 2 == 0:
                    path_parameters[name] = value
    return path_parameters


def at_of(case):
    return case.operation.path, case.method.lower()


@schema.hook("filter_case")
def is_no_repetition(context, case):
    """Whether a made-up request tries what is judged at this operation, and has not been tried
    here: how a body says that it is written, the frame judges for all operations alike."""
    tried, at = case.meta.phase.data, at_of(case)
    scenario = getattr(tried, "scenario", None)
    if scenario in CONTENT_TYPE_PROBES:
        has_files = any(body.media_type == "multipart/form-data" for body in context.operation.body)
        return has_files or at in CONTENT_TYPE_TRIED_AT
    if scenario == CoverageScenario.INCORRECT_TYPE and tried.location and is_body(tried):
        whole = case.operation.definition.raw["requestBody"]["content"][tried.parameter]["schema"]
        if is_made_of_nothing_else(part_of(whole, tried.location)):
            field = (*at, tried.parameter, tried.location)
            if field in wrong_once:
                return False
            wrong_once.add(field)
    return True


def is_body(tried):
    return tried.parameter_location == ParameterLocation.BODY


def part_of(shape, address):
    """What a JSON pointer to the type of something leads to, past references: that thing."""
    *parts, _type = address.split("/")[1:]
    for part in parts:
        shape = referred(shape)
        shape = shape[int(part)] if isinstance(shape, list) else shape.get(part, {})
    return referred(shape)


def referred(shape):
    while "$ref" in shape:
        shape = schema.raw_schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return shape


def is_made_of_nothing_else(shape):
    """Whether pydantic makes this of nothing else, and refuses all else alike, before anything of
    ours sees it: one thing that is wrong is tried at each. Numbers, moments and truths it makes of
    others too, and there everything is tried."""
    made_of_itself = shape.get("type") in {"string", "array", "object"}
    return made_of_itself and shape.get("format") in {None, "uuid"}


@pytest.fixture(scope="module")
def token(django_db_setup, django_db_blocker):
    """Of an officer at the top, who may do everything: nothing is refused before it is tried."""
    with kept_for_the_module(django_db_blocker):
        yield make_token()


def make_token():
    """The token, with something there for each start of an address."""
    post = make_post(account=make_applicant(), role=Role.CHAIR)
    application = make_application(account=post.account, union=post.union)
    notice = post.account.notices.first()
    publish(AID)
    case, own = make_case(union=post.union), make_case(union=post.union, account=post.account)
    really_there.update(
        unions={"number": post.union.number},
        nation={"number": post.union.number},
        divisions={"code": post.union.division_id},
        applications={"number": application.number},
        notices={"notice_id": str(notice.id)},
        services={"key": AID["key"]},
        cases={"number": own.number},
        desk={"number": post.union.number, "post_id": str(post.id)},
    )
    really_there["desk/cases"] = {"number": case.number}  # after "desk", over which it goes
    text, _row = services.create_token(
        by=post.account,
        name="all",
        scopes=["read", "write", "desk"],
        days=1,
        second_factor=True,
        now=clock.now(),
    )
    # Of the first use the day is noted, which every request would do again and lose again.
    services.use_token(text=text, now=clock.now())
    return text


@pytest.fixture(autouse=True)
def undisturbed(monkeypatch):
    """No limit to requests; and the test's transaction outlives each of them."""
    monkeypatch.setattr(settings, "NIANGJIA_API_REQUESTS_PER_MINUTE", 0)
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@schema.parametrize()
@hypothesis_settings(
    # Every edge is tried by requests made up on purpose, sixteen an operation. Beside them two are
    # drawn without a plan, a thousand in all: drawing takes longer than asking.
    max_examples=2,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_an_operation(case, token):
    headers = {**PLAIN, "Authorization": f"Bearer {token}"}
    if case.method in WRITES and at_of(case) != KEY_TRIED_AT and next(serial) % 2:
        headers["Idempotency-Key"] = uuid.uuid4().hex
    with transaction.atomic():
        case.call_and_validate(checks=CHECKS, headers=headers)
        transaction.set_rollback(True)


def test_control_an_operation_that_breaks_is_found(db, monkeypatch):
    def broken(code):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("niangjia.regions.selectors.list_children", broken)
    case = schema["/api/v1/divisions"]["GET"].Case()
    with pytest.raises(FailureGroup) as found:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)
    assert any(isinstance(failure, ServerError) for failure in found.value.exceptions)


def test_control_an_answer_that_is_not_as_documented_is_found(db, monkeypatch):
    monkeypatch.setattr("niangjia.api_root.throttling.wait_for", lambda _asker: 60)
    monkeypatch.setattr(
        "niangjia.api_root.door.problem_for", lambda *_, **__: HttpResponse("no", status=429)
    )
    case = schema["/api/v1/divisions"]["GET"].Case()
    with pytest.raises(FailureGroup):
        case.call_and_validate(checks=CHECKS, headers=PLAIN)


def test_no_two_shapes_share_a_name():
    """Components are called by their class: of two with one name only one would be described."""

    def below(schema):
        for each in schema.__subclasses__():
            yield each
            yield from below(each)

    shapes = {each for each in below(Schema) if each.__module__.startswith("niangjia.")}
    names = [each.__name__ for each in shapes]
    assert len(names) > 50
    assert sorted(names) == sorted(set(names))
