"""Photos of the demonstration's stations, and a list of places that a county was sent. Made up."""

import datetime as dt
from io import BytesIO

from niangjia.core import clock
from niangjia.core.files import Examined, pictures
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import demo
from niangjia.members.selectors.posts import access_acting_post, current_posts, holding
from niangjia.operations.demo import Progress, sketches
from niangjia.places import services
from niangjia.places.models import Place, PlaceList, PlacePhoto, Said
from niangjia.places.rules.points import System
from niangjia.places.rules.voices import Speaker
from niangjia.places.services.lists.reading import read_some
from niangjia.places.services.lists.sending import explain_list, send_list

OFFICER = "county"
PHOTOGRAPHED = ("绣湖广场工会驿站", "工人西路爱心驿站", "江滨公园南门驿站")
ALTS = ("门口和招牌（演示用示意图）", "桌椅和饮水机（演示用示意图）")
#: Somebody sent one with their word; its keeper has not looked yet.
SENT = ("工人西路爱心驿站", Said.LACKS, "water")
LIST = "街道报来的站点（演示）.xlsx"
HEADINGS = ("站点名称", "地址", "经度", "纬度", "开放时间", "联系电话")
#: One is there already under nearly the same name, of one the numbers are swapped, of one nobody
#: can read the hours, and one lies in the sea.
ROWS = (
    ("福田街道银海社区驿站", "福田街道银海二区 8 幢", "120.1122", "29.3398", "每天 8:00-20:00", ""),
    (
        "稠江街道杨村路驿站",
        "稠江街道杨村路 120 号",
        "120.0361",
        "29.2893",
        "周一至周五 8:30-17:30",
        "",
    ),
    ("工会驿站（绣湖广场）", "稠城街道绣湖西路 66 号", "120.0708", "29.3113", "6:00-23:00", ""),
    ("城西街道何泮山驿站", "城西街道何泮山村 3 号", "29.3467", "120.0102", "每天 7:00-19:00", ""),
    ("佛堂镇王宅驿站", "佛堂镇王宅村 15 号", "120.0301", "29.2156", "看情况", ""),
    ("廿三里街道埠头驿站", "廿三里街道埠头村 1 号", "122.9", "28.1", "全天", ""),
)


def load(*, progress: Progress) -> None:
    """Through the services; once only."""
    officer = demo.find_account(OFFICER)
    places = {place.name: place for place in Place.objects.select_related("union", "division")}
    if officer is None or PlacePhoto.objects.exists() or not {*PHOTOGRAPHED} <= places.keys():
        return
    now = clock.now()
    for done, name in enumerate(PHOTOGRAPHED, start=1):
        photograph(officer, places[name], now)
        progress(done, len(PHOTOGRAPHED) + 1)
    said, facility = SENT[1:]
    services.report_place(
        place=places[SENT[0]],
        said=said,
        facility=facility,
        speaker=Speaker(device="demo-photo", address="10.77.0.1"),
        photo=clean(1),
        now=now - dt.timedelta(minutes=35),
    )
    sent_by_a_township(holding(current_posts(officer), Action.KEEP_PLACES)[0], now)
    progress(len(PHOTOGRAPHED) + 1, len(PHOTOGRAPHED) + 1)


def clean(number: int) -> Examined:
    """A drawing as the cleaning of pictures gives it."""
    return pictures.examined(BytesIO(sketches.station(number)), name=f"{number}.jpg")


def photograph(officer: Account, place: Place, now: dt.datetime) -> None:
    """Its front and its room."""
    by = access_acting_post(current_posts(officer), Action.KEEP_PLACES, place.union.path)
    for number, alt in enumerate(ALTS):
        services.add_photo(by=by.account, place=place, clean=clean(number), alt=alt, now=now)


def sent_by_a_township(by: Post, now: dt.datetime) -> PlaceList:
    """A list that was read; somebody has to look at most of its rows."""
    table = [list(HEADINGS), *(list(row) for row in ROWS)]
    sent = send_list(by=by, union=by.union, name=LIST, table=table, now=now)
    explain_list(
        by=by,
        place_list=sent,
        columns=sent.columns,
        system=System.WGS84,
        kind="station",
        hours="Mo-Su 08:00-20:00",
    )
    while read_some(list_id=sent.pk):
        pass
    return sent
