import pytest

from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.web import navigation


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "/"),
        ("/places/", "/places/"),
        ("/places/3307820000017/", "/places/"),
        ("/unions/", ""),
        ("/mine/notices/", "/mine/"),
        ("/account/login/", ""),
        ("/activities/1/", "/activities/"),
    ],
)
def test_the_tab_one_is_under_is_marked(path, expected):
    assert navigation.current(navigation.PORTAL, path) == expected


def test_a_room_has_pages_elsewhere_too():
    assert navigation.current(navigation.DESK, "/desk/gates/1/") == "/desk/activities/"
    assert navigation.current(navigation.DESK, "/desk/benefits/") == "/desk/benefits/"


def test_nobody_has_a_room_but_the_public_one_without_a_role():
    assert [item.url for item in navigation.rooms([])] == ["/nation/"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_an_officer_is_offered_the_rooms_that_open_and_no_others(role):
    client = officer_client(make_post(role=role))
    frame = client.get("/desk/unions/").text
    offered = frame[frame.index('class="desk-nav"') : frame.index("desk-top")]

    for item in navigation.DESK:
        status = client.get(item.url, follow=True).status_code
        if item.url == "/desk/":
            continue  # leads those who decide nothing to the tree instead
        assert (f'href="{item.url}"' in offered) == (status == 200), (role, item.url)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (Role.CHAIR, None),
        (Role.MEMBERSHIP_OFFICER, None),
        (Role.CASE_OFFICER, "/desk/cases/"),
        (Role.HOTLINE_AGENT, "/desk/hotline/"),
        (Role.ANALYST, "/desk/unions/"),
    ],
)
def test_the_desk_begins_where_ones_work_is(role, begins):
    response = officer_client(make_post(role=role)).get("/desk/")
    assert response.headers.get("Location") == begins
