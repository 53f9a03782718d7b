"""The played telephone and the gateway: what they send is what the webhook takes."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest

from niangjia.core import clock, protection
from niangjia.core.errors import Unavailable
from niangjia.hotline import services
from niangjia.hotline.clients import played, telephony
from niangjia.hotline.models import Call, Ending
from niangjia.hotline.rules.telephony import Kind
from niangjia.hotline.tests.factories import NUMBER, make_agent, make_call, make_line
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_chain

HOUR = dt.timedelta(hours=1)
SECRET = "what both sides know"


def draws():
    """Draws that come out the same each time, and are none of nobody's."""
    state = 7

    def draw(low, high):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (state >> 11) % (high - low + 1)

    return draw


def hour(number=120, speed=1.0, began_at=MONDAY):
    return list(
        played.calls(
            NUMBER, began_at=began_at, number=number, minutes=60, speed=speed, draw=draws()
        )
    )


def test_an_hour_has_all_that_a_real_one_has():
    reports = [event for _at, event in hour()]
    ended = {event.call: event.kind for event in reports if event.kind in ("ended", "abandoned")}
    assert len(ended) == 120
    assert 0 < sum(kind == Kind.ABANDONED for kind in ended.values()) < 30
    assert len(reports) > len(set(reports))
    first = {}
    for event in reports:
        first.setdefault(event.call, event.kind)
    assert set(first.values()) > {Kind.RINGING}
    assert any(event.kind == Kind.RINGING and not event.caller for event in reports)
    assert {event.pressed for event in reports if event.kind == Kind.RATED} > {"1"}


def test_at_speed_it_takes_less_and_says_the_same():
    slow, fast = hour(20), hour(20, speed=60)
    assert {event.event for _at, event in fast} == {event.event for _at, event in slow}
    assert max(at for at, _event in fast) - MONDAY < (max(at for at, _ in slow) - MONDAY) / 50


@pytest.mark.django_db(transaction=True)
def test_played_calls_come_in_by_the_same_door(live_server, settings):
    settings.TELEPHONY_SECRET = SECRET
    make_line(make_chain()[1])
    reports = [event for _at, event in hour(12, began_at=clock.now() - 2 * HOUR)]
    for event in reports[:30]:
        telephony.report(event, address=live_server.url, secret=SECRET, now=clock.now())
    with protection.working("test"):
        assert Call.objects.count() == len({event.call for event in reports[:30]})
    with pytest.raises(OSError, match="404"):
        telephony.report(reports[0], address=live_server.url, secret="", now=clock.now())
    nobody = urlsplit(live_server.url)._replace(netloc="127.0.0.1:9").geturl()
    with pytest.raises(ConnectionRefusedError):
        telephony.report(reports[0], address=nobody, secret=SECRET, now=clock.now())


@pytest.mark.django_db
def test_an_agent_whose_telephone_does_not_answer_works_on():
    """Calling somebody back without a gateway: the desk says to dial by hand."""
    chain = make_chain()
    line, agent = make_line(chain[1]), make_agent(chain[1])
    call = make_call(line)
    services.take_call(by=agent, call_id=call.pk, now=clock.now())
    for _ in range(3):
        services.end_call(by=agent, call_id=call.pk, ending=Ending.SILENT, now=clock.now())
        call = make_call(line)
        services.take_call(by=agent, call_id=call.pk, now=clock.now())
    services.end_call(by=agent, call_id=call.pk, ending=Ending.SILENT, now=clock.now())
    client = officer_client(agent)
    page = client.post(f"/desk/hotline/calls/{call.pk}/taking/", follow=True)
    assert "手动拨打" in page.content.decode()
    with pytest.raises(Unavailable):
        telephony.client().dial(line=NUMBER, call="", number="1", agent="x")


def test_the_gateway_is_told_who_takes_and_whom_to_ring(monkeypatch):
    told = []
    monkeypatch.setattr(telephony.http, "post", lambda url, body, **_kw: told.append(body) or {})
    gateway = telephony.WebhookTelephony("http://gateway.example", "token")
    gateway.pick_up(line=NUMBER, call="c-1", agent="a")
    gateway.dial(line=NUMBER, call="c-1", number="+8613900001111", agent="a")
    assert [each["do"] for each in told] == ["pick_up", "dial"]
    assert {each["then"] for each in told} == {"rate"}
    assert json.dumps(told)

    def down(*_args, **_kw):
        raise ConnectionRefusedError

    monkeypatch.setattr(telephony.http, "post", down)
    with pytest.raises(Unavailable):
        gateway.dial(line=NUMBER, call="", number="1", agent="a")
