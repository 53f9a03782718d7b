"""Whom the demonstration's stations reach: made-up zones of couriers and residents of townships,
and what is measured from them and from its members."""

import datetime as dt

from niangjia.core import clock
from niangjia.members.models import Post, Role
from niangjia.operations.demo import Progress
from niangjia.operations.demo.desk import county_federation
from niangjia.places import services
from niangjia.places.models import CountedZone, Measurement, People, Who, Window

SOURCE = "演示虚构"
#: So many more for the night.
STATIONS = 6
Zone = tuple[str, str, float, float, int, int]
COLUMNS = ("name", "division", "longitude", "latitude", "radius_m", "people")
#: Couriers and drivers, and where they wait for work. Made up.
COURIERS: tuple[Zone, ...] = (
    ("绣湖商圈", "330782001", 120.0712, 29.3105, 900, 620),
    ("宾王夜市", "330782008", 120.0872, 29.3209, 700, 540),
    ("国际商贸城", "330782008", 120.1040, 29.3335, 1200, 980),
    ("江东下骆宅", "330782002", 120.1034, 29.2968, 1100, 460),
    ("青口夜宵街", "330782002", 120.0948, 29.2928, 700, 380),
    ("稠江开发区", "330782003", 120.0405, 29.2810, 1500, 710),
    ("北苑电商园", "330782004", 120.0372, 29.3196, 1300, 830),
    ("机场路快递园", "330782004", 120.0381, 29.3386, 900, 560),
    ("义乌站", "330782005", 120.0292, 29.3752, 900, 310),
    ("后宅大学城", "330782005", 120.0551, 29.3672, 1100, 260),
    ("陆港物流园", "330782006", 120.0005, 29.3440, 1500, 690),
    ("廿三里工业区", "330782007", 120.1765, 29.3282, 1500, 420),
    ("佛堂古镇", "330782100", 120.0190, 29.2048, 1000, 240),
    ("佛堂工业区", "330782100", 120.0412, 29.2240, 1400, 350),
    ("苏溪光伏园", "330782105", 120.1268, 29.4188, 1400, 450),
    ("苏溪镇区", "330782105", 120.1128, 29.4095, 900, 210),
)  # fmt: skip
#: Townships and who lives there. Made up.
RESIDENTS: tuple[Zone, ...] = (
    ("稠城街道", "330782001", 120.0746, 29.3098, 2200, 168_000),
    ("江东街道", "330782002", 120.0985, 29.2951, 2600, 286_000),
    ("稠江街道", "330782003", 120.0421, 29.2866, 2600, 197_000),
    ("北苑街道", "330782004", 120.0402, 29.3235, 2500, 241_000),
    ("后宅街道", "330782005", 120.0530, 29.3690, 2400, 134_000),
    ("城西街道", "330782006", 119.9960, 29.3390, 2800, 98_000),
    ("廿三里街道", "330782007", 120.1702, 29.3240, 2600, 112_000),
    ("福田街道", "330782008", 120.1022, 29.3305, 2600, 189_000),
    ("佛堂镇", "330782100", 120.0243, 29.2082, 2700, 146_000),
    ("苏溪镇", "330782105", 120.1152, 29.4120, 2500, 121_000),
)  # fmt: skip


def load(*, progress: Progress) -> None:
    """Load the tables and measure; once only."""
    if CountedZone.objects.exists():
        return
    now = clock.now()
    for people, zones in ((People.COURIERS, COURIERS), (People.RESIDENTS, RESIDENTS)):
        rows = map(row, zones)
        services.load_zones(rows=rows, people=people, source=SOURCE, now=now, is_made_up=True)
    asked = services.ask_measurement(recounts=True, now=now)
    while services.measure_next(measurement_id=asked.pk, now=now):
        done = Measurement.objects.get(pk=asked.pk)
        progress(len(done.done), len(done.provinces))
    site(now)


def site(now: dt.datetime) -> None:
    """Ask where the county's next six stations should open, and work it out at once."""
    officer = Post.objects.filter(union=county_federation(), role=Role.CHAIR, ended_at=None).first()
    if officer is not None:
        asked = services.ask_siting(
            by=officer,
            union=officer.union,
            who=Who.WORKERS,
            window=Window.NIGHT,
            stations=STATIONS,
            now=now,
        )
        services.work_out_siting(siting_id=asked.pk)


def row(place: Zone) -> dict[str, str | None]:
    """A row as it would stand in a file."""
    return dict(zip(COLUMNS, map(str, place), strict=True))
