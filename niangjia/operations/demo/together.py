"""The demonstration's activities once people have met: put on together, photographed, named each
other; and the county's page of each programme. Made up."""

import datetime as dt
import itertools
from contextlib import suppress
from io import BytesIO

from niangjia.activities import services
from niangjia.activities.models import Activity, MatchTerms, Session, SignUp
from niangjia.activities.rules.matching import Terms
from niangjia.activities.rules.programmes import PageDraft
from niangjia.activities.services import matching, photos, programmes
from niangjia.allocation.models import ClaimState
from niangjia.core import clock, gathering
from niangjia.core.errors import DomainError
from niangjia.core.files import pictures
from niangjia.operations.demo import desk, sketches
from niangjia.organisations.models import Union

HOUR = dt.timedelta(hours=1)
#: What the county says on its page of each programme, and what it puts there: kind, what the title
#: of the thing has in it, and why.
PAGES = {
    "rose-reading": (
        "每周四晚上，在江边和城市书房一起读一本书。",
        "不考试，不打卡。有人领读，也可以只坐着听。孩子可以一起来，书房有绘本区。",
        (("place", "文化宫", "每月最后一个周四换书"), ("service", "心理", "读着读着想找人说说话")),
    ),
    "gathering-of-hearts": (
        "小范围、有人带着玩，慢慢认识一个人。",
        "每场二十人左右，实名报名。愿不愿意再见，由你自己决定，谁选了谁没有人知道。",
        (("place", "文化宫", "多数活动在这里"), ("service", "法律", "婚前婚后的财产问题可以先问")),
    ),
    "child-care": (
        "爸爸妈妈上班，孩子有地方去、有人看。",
        "寒暑假开班，平时有晚托。名额有限时抽签，困难职工和双职工家庭可以先说明情况。",
        (("service", "托", "常年受理"), ("service", "学", "孩子上学有困难时"), ("place", "站", "")),
    ),
    "health-care": (
        "查得早，问得着，不好意思开口的也有人听。",
        "每季度一次讲座，每年一次女职工专项检查。",
        (("service", "女职工", "每年一次"), ("service", "大病", "已经生病的，先申请救助")),
    ),
}
ALTS = ("江面上的晨光和远处的桥", "活动场地布置好的样子", "结束时留下的一排空椅子")


def load() -> None:
    """Everything, through the services; what is there already stays."""
    county, now = desk.county_federation(), clock.now()
    for key in PAGES:
        with suppress(DomainError):
            make_page(county, key, now)
    activity = Activity.objects.filter(programme="rose-reading", ends_at__gt=now).first()
    partner = Union.objects.filter(path__startswith=county.path).exclude(pk=county.pk).first()
    if activity and partner:
        with suppress(DomainError):
            put_on_with(activity, partner, now)
    for each in Activity.objects.filter(takes_photos=True, ends_at__lt=now):
        with suppress(DomainError):
            photograph(each)
    for terms in MatchTerms.objects.filter(activity__ends_at__lt=now):
        with suppress(DomainError):
            meet(terms.activity)
    while matching.settle_due(now=now):
        pass


def make_page(county: Union, key: str, now: dt.datetime) -> None:
    """The county's page of a programme."""
    summary, text, things = PAGES[key]
    draft = PageDraft(summary=summary, text=text, phone="0579-85112351")
    page = programmes.write_programme_page(
        by=None, union=county, programme=key, draft=draft, now=now, is_made_up=True
    )
    for kind, part, words in things:
        listed = gathering.sources[kind].listed(county)
        for thing in [each for each in listed if part in each.title][:2]:
            programmes.gather(by=None, page=page, kind=kind, key=thing.key, words=words)
    programmes.publish_programme_page(by=None, page=page, now=now)


def put_on_with(activity: Activity, partner: Union, now: dt.datetime) -> None:
    """Another union puts it on as well."""
    asked = services.invite_co_organiser(
        by=None,
        activity=activity,
        union=partner,
        part="list",
        opens=True,
        words="你们会员多，一起办热闹些。",
        now=now,
    )
    services.accept_co_organising(by=None, co_organiser=asked, now=now)


def photograph(activity: Activity) -> None:
    """Three drawings that stand for photos, each saying so."""
    session = Session.objects.select_related("run__activity").get(run__activity=activity)
    for number, alt in enumerate(ALTS):
        clean = pictures.examined(BytesIO(sketches.occasion(number)), name=f"{number}.jpg")
        said = f"{alt}（演示用示意图）"
        photos.add_photo(by=None, session=session, clean=clean, alt=said, now=session.ends_at)


def meet(activity: Activity) -> None:
    """Whoever came takes part; some name each other, some name somebody in vain."""
    seated = SignUp.objects.filter(run__activity=activity, claim__state=ClaimState.CONFIRMED)
    guests = list(seated.select_related("account__person", "run").order_by("id"))
    for number, guest in enumerate(guests):
        at = guest.run.starts_at - HOUR
        with clock.stopped_at(at), suppress(DomainError):
            matching.join_matching(
                by=guest.account,
                sign_up_id=str(guest.pk),
                contact=f"微信 demo-{number + 1:02d}",
                is_single=True,
                agrees=True,
                now=at,
            )
    if not guests:
        return
    at = guests[0].run.starts_at + HOUR
    named = [(1, 2), (2, 1), (3, 1), (4, 5), (5, 4), (6, 2)]
    with clock.stopped_at(at):
        for one, two in itertools.filterfalse(lambda pair: max(pair) > len(guests), named):
            by = guests[one - 1]
            with suppress(DomainError):
                matching.choose(by=by.account, sign_up_id=str(by.pk), number=two, now=at)


def set_terms(activity: Activity) -> None:
    """People name each other after an evening where they meet."""
    matching.set_match_terms(by=None, activity=activity, terms=Terms())
