"""Writing service items: who may, two at once, a second person, a day from which it holds."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import ItemVersion, VersionState
from niangjia.cases.rules.drafting import parts
from niangjia.cases.selectors import access_offered, document_of, list_offered
from niangjia.cases.tests.factories import make_case, make_officer
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members.models import Notice, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def officer(union, role=Role.ADMINISTRATOR):
    return make_officer(union, role, account=make_person().account)


def draft_at(union, by):
    return services.begin_draft(by=by, union=union, key="test-aid", now=MONDAY)


def write(version, by, part, value, seen=None):
    version.refresh_from_db()
    return services.save_part(
        by=by,
        version_id=version.pk,
        part=part,
        value=value,
        seen=seen or parts.seen(version.content, part),
        now=MONDAY,
    )


def put_forward(version, by, **options):
    return services.publish_version(by=by, version_id=version.pk, now=MONDAY, **options)


def test_a_second_person_publishes_what_the_first_wrote(chain):
    county = chain[2]
    writer, second = officer(county), officer(county)
    version = write(draft_at(county, writer), writer, "terms", {"promised_term": {"days": 10}})
    with pytest.raises(Conflict) as refused:
        put_forward(version, writer)
    assert refused.value.code == "second-person"
    put_forward(version, second)
    assert access_offered("test-aid", chain[3]).document.promised_term.days == 10
    assert access_offered("test-aid", chain[1]).document.promised_term.days == 15
    assert AuditEntry.objects.filter(action="service-item.published", account_id=second.account_id)
    # Twice is once.
    put_forward(version, second)
    assert ItemVersion.objects.filter(union=county, state="published").count() == 1


def test_whoever_mends_a_word_of_it_is_the_writer_then(chain):
    county = chain[2]
    writer, second = officer(county), officer(county)
    version = write(draft_at(county, writer), writer, "terms", {"promised_term": {"days": 10}})
    write(version, second, "terms", {"promised_term": {"days": 9}})
    with pytest.raises(Conflict):
        put_forward(version, second)
    put_forward(version, writer)


def test_two_at_once_lose_nothing(chain):
    county = chain[2]
    one, other = officer(county), officer(county)
    version = draft_at(county, one)
    terms, amounts = (parts.seen(version.content, part) for part in ("terms", "basis"))
    write(version, one, "terms", {"promised_term": {"days": 10}}, terms)
    # Another part of the same draft goes in beside it.
    law = {"legal_basis": [{"title": {"zh": "当地办法", "en": "Local rules"}}]}
    write(version, other, "basis", law, amounts)
    # The same part is refused, and says so.
    with pytest.raises(Conflict) as refused:
        write(version, other, "terms", {"promised_term": {"days": 3}}, terms)
    assert refused.value.code == "part-changed"
    version.refresh_from_db()
    assert version.content["promised_term"] == {"days": 10}
    assert version.content["legal_basis"] == law["legal_basis"]


def test_without_looking_at_what_was_seen_the_first_word_is_lost(chain, monkeypatch):
    """The control."""
    county = chain[2]
    one, other = officer(county), officer(county)
    version = draft_at(county, one)
    before = parts.seen(version.content, "terms")
    write(version, one, "terms", {"promised_term": {"days": 10}}, before)
    monkeypatch.setattr(parts, "seen", lambda document, part: before)
    write(version, other, "terms", {"promised_term": {"days": 3}}, before)
    version.refresh_from_db()
    assert version.content["promised_term"] == {"days": 3}


def test_nobody_out_of_reach_or_without_the_right_writes(chain):
    county = chain[2]
    version = draft_at(county, officer(county))
    strangers = [
        officer(make_union(parent=county)),
        officer(chain[3]),
        make_officer(county, Role.CASE_OFFICER),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            write(version, stranger, "terms", {"promised_term": {"days": 1}})
        with pytest.raises(NotFound):
            put_forward(version, stranger)
        with pytest.raises(NotFound):
            draft_at(county, stranger)


def test_a_post_that_ended_a_second_ago_writes_nothing(chain):
    county = chain[2]
    by = officer(county)
    version = draft_at(county, by)
    by.ended_at = MONDAY
    by.save()
    with pytest.raises(NotFound):
        write(version, by, "terms", {"promised_term": {"days": 1}})


def test_a_place_says_only_what_is_its_to_say(chain):
    county = chain[2]
    by = officer(county)
    version = draft_at(county, by)
    with pytest.raises(Invalid):
        write(version, by, "steps", {"steps": []})


def test_from_a_later_day_on(chain):
    county = chain[2]
    writer, second = officer(county), officer(county)
    version = write(draft_at(county, writer), writer, "terms", {"promised_term": {"days": 10}})
    day = dt.date(2026, 12, 1)
    for wrong in (dt.date(2026, 11, 22), dt.date(2029, 1, 1)):
        with pytest.raises(Invalid):
            put_forward(version, second, from_date=wrong)
    assert put_forward(version, second, from_date=day).state == VersionState.SCHEDULED
    eve = dt.datetime(2026, 11, 30, 15, 59, tzinfo=dt.UTC)
    assert services.put_into_force(now=eve) == 0
    assert access_offered("test-aid", county).document.promised_term.days == 15
    assert services.put_into_force(now=eve + dt.timedelta(minutes=1)) == 1
    assert access_offered("test-aid", county).document.promised_term.days == 10
    assert services.put_into_force(now=eve + dt.timedelta(days=1)) == 0


def test_one_that_fits_no_longer_holds_no_other_back(chain):
    county, city = chain[2], chain[1]
    for union in (county, city):
        writer, second = officer(union), officer(union)
        version = write(draft_at(union, writer), writer, "terms", {"promised_term": {"days": 10}})
        put_forward(version, second, from_date=dt.date(2026, 12, 1))
    ItemVersion.objects.filter(union=city).update(content={"steps": []})
    later = dt.datetime(2026, 12, 2, tzinfo=dt.UTC)
    assert services.put_into_force(now=later) == 1
    assert access_offered("test-aid", county).document.promised_term.days == 10


def test_what_a_place_below_says_must_go_on_fitting(chain):
    root = Union.objects.get(depth=0)
    county = chain[2]
    writer, second = officer(county), officer(county)
    version = write(draft_at(county, writer), writer, "terms", {"promised_term": {"days": 30}})
    put_forward(version, second)
    keeper, other = officer(root), officer(root)
    national = draft_at(root, keeper)
    value = {**parts.value_at(national.content, "terms"), "legal_term": {"days": 20}}
    write(national, keeper, "terms", value)
    with pytest.raises(Conflict) as refused:
        put_forward(national, other)
    assert refused.value.code == "breaks-below"
    assert county.name in str(refused.value.message)


def test_an_unfinished_draft_is_kept_but_not_published(chain):
    root = Union.objects.get(depth=0)
    keeper, other = officer(root), officer(root)
    name = {"zh": "借伞", "en": "Umbrella"}
    version = services.create_item(by=keeper, union=root, key="umbrella", name=name, now=MONDAY)
    with pytest.raises(Invalid) as refused:
        put_forward(version, other)
    assert refused.value.code == "has-problems"
    assert "umbrella" not in {each.item.key for each in list_offered(chain[3])}
    with pytest.raises(Conflict):
        services.create_item(by=keeper, union=root, key="umbrella", name=name, now=MONDAY)


def test_retired_with_a_reason_and_running_cases_go_on(chain):
    county = chain[2]
    writer, second = officer(county), officer(county)
    version = write(draft_at(county, writer), writer, "terms", {"promised_term": {"days": 10}})
    put_forward(version, second)
    case = make_case(union=chain[3])
    with pytest.raises(Invalid):
        services.retire_version(by=second, version_id=version.pk, reason="不用了", now=MONDAY)
    services.retire_version(
        by=second, version_id=version.pk, reason="市里有了统一的时限，本县不再另设。", now=MONDAY
    )
    assert access_offered("test-aid", chain[3]).document.promised_term.days == 15
    assert document_of(case.snapshot_id).promised_term.days == 10


def test_the_second_person_is_asked_at_home_or_else_above(chain):
    county, grassroots = chain[2], chain[3]
    above, alone = officer(county), officer(grassroots)
    version = write(draft_at(grassroots, alone), alone, "terms", {"promised_term": {"days": 9}})
    assert services.ask_publication(by=alone, version_id=version.pk, now=MONDAY) == 1
    assert Notice.objects.get(kind="desk.item_to_publish").account == above.account
    beside = officer(grassroots)
    services.ask_publication(by=alone, version_id=version.pk, now=MONDAY)
    assert Notice.objects.filter(account=beside.account).count() == 1


def test_a_draft_thrown_away_leaves_what_is_published(chain):
    county = chain[2]
    by = officer(county)
    version = draft_at(county, by)
    services.discard_draft_of_item(by=by, version_id=version.pk, now=MONDAY)
    assert not ItemVersion.objects.filter(union=county).exists()
    assert access_offered("test-aid", county)
    published = ItemVersion.objects.get(item__key="test-aid", state="published")
    keeper = officer(Union.objects.get(depth=0))
    with pytest.raises(Conflict):
        services.discard_draft_of_item(by=keeper, version_id=published.pk, now=MONDAY)


def test_the_document_as_a_whole_is_seen_before_it_is_replaced(chain):
    county = chain[2]
    by = officer(county)
    version = draft_at(county, by)
    seen = services.drafting.whole_seen(version)
    replace = {"by": by, "version_id": version.pk, "now": MONDAY}
    services.replace_document(document={"promised_term": {"days": 8}}, seen=seen, **replace)
    with pytest.raises(Conflict):
        services.replace_document(document={"promised_term": {"days": 7}}, seen=seen, **replace)
    version.refresh_from_db()
    seen = services.drafting.whole_seen(version)
    with pytest.raises(Invalid):
        services.replace_document(document={"steps": []}, seen=seen, **replace)
    assert access_offered("test-aid", county).document.steps
