"""Every chart has its table: drawn by one component, which shows its numbers, or leads to a table
that stands on the same page."""

import ast
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from niangjia.core.charts import Chart, Point
from tests.test_templates import TEMPLATES

ROOMS = Path(__file__).parent.parent / "niangjia"
COMPONENT = "web/components/chart.html"
TABLE = re.compile(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>")


def made_in(source: str) -> list[dict[str, str]]:
    """The text arguments of each chart that a module makes."""
    calls = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call))
    charts = (call for call in calls if getattr(call.func, "id", "") in ("Chart", "chart"))
    return [
        {
            each.arg: each.value.value
            for each in call.keywords
            if each.arg and isinstance(each.value, ast.Constant)
        }
        for call in charts
    ]


CHARTS = [
    (file.relative_to(ROOMS).parts[0], given)
    for file in sorted(ROOMS.glob("*/**/*.py"))
    if "core.charts import" in file.read_text() and "tests" not in file.parts
    for given in made_in(file.read_text())
]


def lacking(room: str, given: dict[str, str]) -> str:
    """The table that a chart leads to and no template of its room holds."""
    target = given.get("table_url", "")
    table = re.compile(rf'<(?:div|table)[^>]*\sid="{re.escape(target[1:])}"')
    held = any(table.search(each.read_text()) for each in TEMPLATES if room in each.parts)
    return "" if not target or (target.startswith("#") and held) else target


@pytest.mark.parametrize(("room", "given"), CHARTS, ids=[str(each[1].get("id")) for each in CHARTS])
def test_the_table_that_a_chart_leads_to_is_there(room, given):
    assert lacking(room, given) == ""


def test_charts_are_looked_for_where_they_are():
    drawn = {room for room, _given in CHARTS}
    assert {"web", "feedback", "hotline", "cases", "places", "benefits", "activities"} <= drawn
    assert lacking("benefits", {"table_url": "#nowhere"}) == "#nowhere"
    assert made_in('Chart(id="a", table_url="#b")') == [{"id": "a", "table_url": "#b"}]


def test_no_chart_is_drawn_past_the_component():
    others = [each for each in TEMPLATES if not str(each).endswith(COMPONENT)]
    assert [each.name for each in others if "data-chart" in each.read_text()] == []


def shown(**given) -> str:
    chart = Chart(
        **{
            "id": "x",
            "title": "义乌最多",
            "row_label": "工会",
            "value_label": "会员",
            "source": "登记",
            "date": dt.date(2026, 1, 31),
        }
        | given
    )
    return render_to_string(COMPONENT, {"chart": chart})


def test_its_own_table_has_every_number_that_is_drawn():
    page = shown(points=[Point("义乌", 12867, url="/u/"), Point("东阳", Decimal("12.50"))])
    assert TABLE.findall(page) == [
        ('<a href="/u/">义乌</a>', '<td class="number">12,867</td>'),
        ("东阳", '<td class="number">12.50</td>'),
    ]
    assert '"value": 12.5' in page


def test_a_bar_of_parts_has_a_column_for_each():
    page = shown(kind="parts", part_labels=["已发", "剩余"], points=[Point("义乌", parts=(3, 0))])
    assert re.findall(r'class="number">(.*?)<', page) == ["已发", "剩余", "3", "0"]
    assert '"parts": ["\\u5df2\\u53d1", "\\u5269\\u4f59"]' in page


def test_who_leads_to_a_table_of_the_page_says_so_and_has_none_of_its_own():
    page = shown(points=[Point("义乌", 1)], table_url="#below")
    assert 'href="#below"' in page
    assert "<table" not in page
