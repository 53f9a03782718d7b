"""The demonstration's draws can be checked by a stranger, and somebody waits at its gate."""

import pytest

from niangjia.allocation.models import Draw, Entry, Gate
from niangjia.allocation.tests.draws import announce, make_draw_pool
from niangjia.allocation.tests.test_drawing import holds
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_membership
from niangjia.operations.demo import desk, drawing
from niangjia.organisations.tests.factories import make_union


def quiet(done, total):
    """Nobody watches."""


@pytest.mark.django_db
def test_draws_and_a_gate_however_often_it_runs(monkeypatch):
    county = make_union()
    monkeypatch.setattr(desk, "county_federation", lambda: county)
    for _ in range(2):
        make_post(union=county)
    for _ in range(drawing.CAME):
        make_membership(union=make_union(parent=county))
    announce(make_draw_pool()[0])  # as the activities that are loaded before do
    for _ in range(2):
        drawing.load(progress=quiet)
    states = sorted(draw.state for draw in Draw.objects.all())
    assert states == ["announced", "drawn", "sealed"]
    over = Draw.objects.get(drawn_at__isnull=False)
    assert "虚构" in over.title
    assert holds(
        {
            "sealed.json": over.sealed_file,
            "entrants.txt": over.entrants_file,
            "drawn.json": over.drawn_file,
        }
    )
    assert Gate.objects.count() == 1
    states = list(Entry.objects.order_by("at").values_list("state", flat=True))
    assert states == ["admitted"] * drawing.CAME + ["conflict"]
