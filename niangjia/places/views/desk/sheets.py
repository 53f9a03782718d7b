"""All places within reach as a sheet."""

from collections.abc import Iterator, Sequence

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

from niangjia.core import clock, sheets
from niangjia.core.sheets import Value
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.places.selectors.desk import KEEPS, list_places_within

#: The columns; data of the field and in Chinese, whatever language the page is in.
HEADINGS = (
    *("编码", "名称", "类型", "状态", "工会", "区县代码", "区县", "地址", "纬度", "经度"),
    *("开放时间", "设施", "电话", "面积", "最近变更"),
)
CHUNK = 2_000


@require_GET
@officer_page(KEEPS)
def sheet(request: OfficerRequest) -> StreamingHttpResponse:
    """Line by line, so that a province's do not stand in memory. Points are WGS-84."""
    return sheets.download(rows(request.posts), name=f"places-{clock.today().isoformat()}.csv")


def rows(posts: list[Post]) -> Iterator[Sequence[Value]]:
    """The headings, then a row for each place."""
    yield HEADINGS
    for place in list_places_within(posts).order_by("-id").iterator(chunk_size=CHUNK):
        yield (
            *(place.code, place.name, str(place.get_kind_display())),
            *(str(place.get_state_display()), place.union.name, place.division_id),
            *(place.division.name, place.address, place.latitude, place.longitude),
            *(place.hours, "、".join(place.facilities), place.phone, place.area_m2),
            place.changed_at.date(),
        )
