"""What is wrong: mended by one, reviewed by another, late, dangerous, wrong again."""

import datetime as dt

import pytest
from django.db import Error, connection, transaction

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.feedback.models import RectificationTerm
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.models import Mender, ProblemState, ProblemStep, Severity
from niangjia.places.rules.facilities import wanted
from niangjia.places.rules.finding import Criteria
from niangjia.places.selectors.nearest import find_nearest
from niangjia.places.services import mending
from niangjia.places.tests.factories import make_keeper, make_place, make_problem
from niangjia.places.tests.test_reporting import say

pytestmark = pytest.mark.django_db
#: A Tuesday, half past ten in China.
NOW = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WORDS = "换了新的水桶"


class Matter:
    """A place, who keeps it, its union's officer, and the county's who inspects."""

    def __init__(self):
        _province, self.city, self.county, union = make_chain()
        self.place = make_place(union, now=NOW, facilities=("water", "meal", "umbrella"))
        self.keeper = make_keeper(self.place, make_account(), now=NOW).account
        self.officer = make_post(union=union)
        self.inspector = make_post(union=self.county)

    def problem(self, item="water", answer="bad", now=NOW):
        return make_problem(self.place, self.inspector, item=item, answer=answer, now=now)

    def mended(self, **found):
        problem = self.problem(**found)
        return services.mark_mended(by=self.keeper, problem=problem, words=WORDS, now=NOW)

    def is_found(self, has=(), now=NOW):
        near = Position(self.place.longitude, self.place.latitude)
        return bool(find_nearest(Criteria(near=near, wanted=wanted(has)), now=now).items)


@pytest.fixture
def matter():
    return Matter()


def kinds(account):
    told = Notice.objects.filter(account=account, kind__startswith="place.").order_by("id")
    return [notice.kind for notice in told]


def due_date(problem):
    return problem.due_at.astimezone(clock.CHINA).date()


def test_who_mends_it_by_when_and_who_is_told(matter):
    by_keeper = matter.problem()
    assert (by_keeper.mender, due_date(by_keeper)) == (Mender.KEEPER, dt.date(2026, 12, 1))
    assert kinds(matter.keeper) == kinds(matter.officer.account) == ["place.problem"]
    by_union = matter.problem("sign")
    assert (by_union.mender, due_date(by_union)) == (Mender.UNION, dt.date(2026, 12, 8))
    assert kinds(matter.keeper) == ["place.problem"]
    RectificationTerm.objects.create(union=matter.county, working_days=2, set_at=NOW)
    assert due_date(matter.problem("meal")) == dt.date(2026, 11, 26)


def test_mended_by_one_and_reviewed_by_another(matter):
    problem = matter.mended()
    again = services.mark_mended(by=matter.keeper, problem=problem, words=WORDS, now=NOW + DAY)
    assert (again.mended_at, problem.steps.count()) == (NOW, 2)
    assert kinds(matter.inspector.account)[-1] == "place.to_review"
    with pytest.raises(Conflict):
        review(matter.officer, problem)
    closed = review(matter.inspector, problem)
    assert (closed.state, closed.closed_at) == (ProblemState.CLOSED, NOW)
    assert kinds(matter.keeper)[-1] == "place.mended"


def review(post, problem, *, is_right=True, words="", now=NOW):
    return services.review_problem(
        by=post, problem=problem, is_right=is_right, words=words, now=now
    )


def test_whoever_mended_it_does_not_review_it_although_their_post_would_do(matter):
    problem = services.mark_mended(
        by=matter.inspector.account, problem=matter.problem(), words=WORDS, now=NOW
    )
    with pytest.raises(Conflict):
        review(matter.inspector, problem)
    assert review(make_post(union=matter.city), problem).state == ProblemState.CLOSED


def test_without_the_guard_they_would(matter, monkeypatch):
    """The control."""
    problem = services.mark_mended(
        by=matter.inspector.account, problem=matter.problem(), words=WORDS, now=NOW
    )
    monkeypatch.setattr(mending, "may_review", lambda _problem, _by: True)
    assert review(matter.inspector, problem).state == ProblemState.CLOSED


def test_not_all_right_is_said_in_words_and_begins_a_new_term(matter):
    problem = matter.mended()
    later = NOW + 3 * DAY
    with pytest.raises(Invalid):
        review(matter.inspector, problem, is_right=False, now=later)
    back = review(matter.inspector, problem, is_right=False, words="还是空的", now=later)
    assert (back.state, due_date(back)) == (ProblemState.OPEN, dt.date(2026, 12, 4))
    assert kinds(matter.keeper)[-1] == "place.sent_back"


def extend(matter, problem, *, days=3, now=NOW, by=None):
    return services.extend_problem(
        by=by or matter.inspector, problem=problem, days=days, reason="配件在路上", now=now
    )


def test_more_time_before_the_deadline_with_the_reason_twice_at_most(matter):
    problem = matter.problem()
    with pytest.raises(NotFound):
        extend(matter, problem, by=matter.officer)
    with pytest.raises(Invalid):
        extend(matter, problem, days=11)
    assert due_date(extend(matter, problem)) == dt.date(2026, 12, 4)
    assert kinds(matter.keeper)[-1] == "place.more_time"
    with pytest.raises(TooLate):
        extend(matter, problem, now=NOW + 20 * DAY)
    extend(matter, problem)
    with pytest.raises(Conflict):
        extend(matter, problem)
    with pytest.raises(Conflict):
        extend(matter, matter.problem("fire", "danger"))


def test_late_the_next_union_above_that_has_somebody_is_told_once(matter):
    problem = matter.problem()
    assert services.tell_of_late_problems(now=problem.due_at) == 0
    late = problem.due_at + dt.timedelta(minutes=1)
    assert [services.tell_of_late_problems(now=late) for _n in range(2)] == [1, 0]
    assert kinds(matter.inspector.account)[-1] == "place.late"
    assert "place.late" not in kinds(matter.officer.account)
    services.mark_mended(by=matter.keeper, problem=problem, words=WORDS, now=late)
    back = review(matter.inspector, problem, is_right=False, words="还是空的", now=late)
    assert services.tell_of_late_problems(now=back.due_at + DAY) == 1


def test_what_is_dangerous_shuts_the_place_until_it_was_reviewed(matter, client):
    url = f"/places/{matter.place.code}/"
    problem = matter.problem("fire", "danger")
    assert (problem.severity, due_date(problem)) == (Severity.DANGER, dt.date(2026, 11, 25))
    with clock.stopped_at(NOW):
        assert not matter.is_found()
        assert "那里有危险" in client.get(url).content.decode()
    services.refresh_openings(now=NOW + DAY)
    assert not matter.is_found(now=NOW + DAY)
    with pytest.raises(Conflict):
        services.tick_opening(by=matter.keeper, place=matter.place, now=NOW)
    services.mark_mended(by=matter.officer.account, problem=problem, words=WORDS, now=NOW)
    assert not matter.is_found()
    review(matter.inspector, problem)
    assert matter.is_found()
    with clock.stopped_at(NOW):
        assert "那里有危险" not in client.get(url).content.decode()


def test_what_an_officer_found_broken_is_missing_until_it_is_said_to_be_mended(matter, client):
    problem = matter.problem()
    services.refresh_openings(now=NOW + DAY)
    assert not matter.is_found(["water"], NOW + DAY)
    assert matter.is_found(["meal"], NOW + DAY)
    with clock.stopped_at(NOW + DAY):
        page = client.get(f"/places/{matter.place.code}/").content.decode()
        assert "正在整改" in page
    services.mark_mended(by=matter.keeper, problem=problem, words=WORDS, now=NOW + DAY)
    assert matter.is_found(["water"], NOW + DAY)


def test_the_same_found_again_is_one_and_may_have_become_dangerous(matter):
    problem = matter.problem()
    worse = matter.problem("water", "danger", NOW + DAY)
    assert (worse.pk, worse.severity) == (problem.pk, Severity.DANGER)
    assert due_date(worse) == dt.date(2026, 11, 26)
    matter.place.refresh_from_db()
    assert matter.place.unsafe_since is not None
    services.mark_mended(by=matter.keeper, problem=problem, words=WORDS, now=NOW + DAY)
    again = matter.problem("water", "bad", NOW + 2 * DAY)
    assert (again.pk, again.state) == (problem.pk, ProblemState.OPEN)


def test_wrong_again_within_a_month_is_the_same_and_later_another(matter):
    problem = review(matter.inspector, matter.mended())
    opened = services.reopen_problem(
        by=matter.officer, problem=problem, words="又空了", now=NOW + DAY
    )
    assert opened.state == ProblemState.OPEN
    services.mark_mended(by=matter.keeper, problem=opened, words=WORDS, now=NOW + DAY)
    review(matter.inspector, opened, now=NOW + DAY)
    assert matter.problem("water", "bad", NOW + 20 * DAY).pk == problem.pk
    services.mark_mended(by=matter.keeper, problem=opened, words=WORDS, now=NOW + 20 * DAY)
    review(matter.inspector, opened, now=NOW + 20 * DAY)
    with pytest.raises(TooLate):
        services.reopen_problem(
            by=matter.officer, problem=problem, words="又空了", now=NOW + 60 * DAY
        )
    assert matter.problem("water", "bad", NOW + 60 * DAY).pk != problem.pk


def test_what_several_people_say_opens_one_and_is_believed_no_longer_than_before(matter):
    for n in (1, 2):
        say(matter.place, n, "lacks", facility="umbrella", now=NOW)
    assert not matter.place.problems.exists()
    for n in (3, 4):
        say(matter.place, n, "lacks", facility="umbrella", now=NOW)
    problem = matter.place.problems.get()
    assert (problem.about, problem.source, problem.union) == (
        *("facility:umbrella", "public"),
        matter.place.union,
    )
    assert not matter.is_found(["umbrella"])
    later = NOW + dt.timedelta(hours=4)
    services.weigh_again(now=later)
    assert matter.is_found(["umbrella"], later)


def test_what_happened_is_never_changed(matter):
    step = matter.problem().steps.get()
    for statement in ("UPDATE places_problemstep SET words = ''", "DELETE FROM places_problemstep"):
        # Not retried: the refusal is what the test is about.
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert ProblemStep.objects.get() == step


def test_the_keepers_pages(matter, django_assert_num_queries):
    problem = matter.problem()
    client = signed_in(matter.keeper)
    url = f"/keeping/problems/{problem.pk}/"
    with clock.stopped_at(NOW):
        assert url in client.get(f"/keeping/{matter.place.code}/").content.decode()
        client.get(url)
        with django_assert_num_queries(7):
            assert "热水喝" in client.get(url).content.decode()
        wrong = client.post(url, {"words": "好"})
        assert (wrong.status_code, "几句话" in wrong.content.decode()) == (422, True)
        assert client.post(url, {"words": WORDS})["Location"] == f"/keeping/{matter.place.code}/"
        assert "接下来有人来复核" in client.get(url).content.decode()
    assert signed_in(make_account()).get(url).status_code == 404
    union_mends = matter.problem("sign")
    assert client.get(f"/keeping/problems/{union_mends.pk}/").status_code == 404


def test_the_desks_pages(matter, django_assert_num_queries):
    problem = matter.problem()
    client = officer_client(matter.inspector)
    url = f"/desk/places/problems/{problem.pk}/"
    with clock.stopped_at(NOW):
        client.get(url)
        for page, queries in ((url, 7), ("/desk/places/problems/", 5)):
            with django_assert_num_queries(queries):
                assert client.get(page).status_code == 200
        assert client.post(f"{url}more-time/", {"days": "0", "words": "x"}).status_code == 422
        client.post(f"{url}more-time/", {"days": "2", "words": "配件在路上"})
        assert client.post(f"{url}review/", {"verdict": "right"}).status_code == 422
        officer_client(matter.officer).post(f"{url}mending/", {"words": WORDS})
        client.post(f"{url}review/", {"verdict": "right"})
        client.post(f"{url}reopening/", {"words": "又空了"})
    kinds_of_steps = list(problem.steps.order_by("id").values_list("kind", flat=True))
    assert kinds_of_steps == ["opened", "extended", "mended", "passed", "reopened"]
