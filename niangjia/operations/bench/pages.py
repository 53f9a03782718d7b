"""`niangjia bench pages`: what the main pages cost over what server and middleware cost anyway."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.operations.bench import Result, officers, scale
from niangjia.operations.bench.load import Order
from niangjia.operations.bench.stage import Stage, compare
from niangjia.organisations.models import Kind, Union

EMPTY = "/bench/empty/"
#: Different unions, so that nothing is measured but one page kept warm.
UNIONS = 200


@dataclass(frozen=True)
class Page:
    """A page as somebody sees it: `cookie` is empty for a visitor."""

    name: str
    paths: list[str]
    cookie: str = ""


def pages() -> list[Page]:
    """What is measured."""
    unions = Union.objects.filter(kind=Kind.GRASSROOTS).order_by("number")[:UNIONS]
    cookie = officers.session_cookie(officers.officer())
    return [
        Page("home", [reverse("web:home")]),
        Page("union", [reverse("organisations:union", args=[each.number]) for each in unions]),
        Page("inbox", [reverse("members:desk")], cookie),
        Page("nation", [reverse("web:nation")]),
    ]


def queries(page: Page) -> int:
    """How many queries one answer takes, once everything that is kept has been kept."""
    client = Client(headers={"host": "localhost", "cookie": page.cookie})
    client.get(page.paths[0])
    with CaptureQueriesContext(connection) as captured:
        client.get(page.paths[0])
    return len(captured)


def run(stage: Stage) -> Result:
    """Requests per second and 95th percentile of each page, beside the empty view's with the same
    cookie; the ratio is throughput over throughput. `anew` is the same for pages of which none was
    kept (ADR 54)."""
    columns = ["page", "queries", "requests/s", "p95 ms", "empty/s", "empty p95 ms", "ratio"]
    result = Result("pages", [*columns, "anew/s", "anew"])
    measured = pages()
    scale.tidy_up()
    counted = {page.name: queries(page) for page in measured}
    with stage.served() as port:
        for page in measured:
            seconds = 3.0
            nothing = Order(port, [EMPTY], seconds, cookie=page.cookie)
            kept = Order(port, page.paths, seconds, cookie=page.cookie)
            asked, empty = compare([kept, nothing])
            # Not in turns with the others: a flood of addresses pushes kept pages off their shelf.
            flood = Order(port, page.paths, seconds, cookie=page.cookie, anew=True)
            anew, beside = compare([flood, nothing])
            ratio = asked.per_second / empty.per_second
            anew_ratio = anew.per_second / beside.per_second
            result.ratios[f"pages.{page.name}_over_empty"] = ratio
            result.figures |= {
                f"{page.name}_per_s": asked.per_second,
                f"{page.name}_p95_ms": asked.percentile_ms(95),
                f"{page.name}_queries": counted[page.name],
                f"{page.name}_anew_per_s": anew.per_second,
                f"{page.name}_anew_over_empty": anew_ratio,
            }
            result.rows.append(
                [
                    page.name,
                    counted[page.name],
                    round(asked.per_second),
                    f"{asked.percentile_ms(95):.1f}",
                    round(empty.per_second),
                    f"{empty.percentile_ms(95):.1f}",
                    f"{ratio:.2f}",
                    round(anew.per_second),
                    f"{anew_ratio:.2f}",
                ]
            )
    return result
