"""What stands in addresses that are given out: links, codes on paper, and the few things that pages
need besides what is anywhere."""

import datetime as dt
import uuid
from io import BytesIO

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from niangjia.activities.models import Certificate, ProgrammePage
from niangjia.activities.services.calendars import make_address
from niangjia.activities.services.programmes import publish_programme_page
from niangjia.activities.services.teams import invite_teammate
from niangjia.activities.tests.factories import join, make_activity, make_team, session_of
from niangjia.activities.tests.matching import make_evening, take_part
from niangjia.activities.tests.photos import make_photo, make_photographed
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Draw
from niangjia.allocation.tests.draws import CLOSES
from niangjia.benefits import services as benefits
from niangjia.benefits.models import Shop
from niangjia.cases.models import Case, PublicNotice
from niangjia.cases.selectors.items import access_offered
from niangjia.cases.selectors.owners import owner_of_account
from niangjia.cases.services.letters.opening import read_letter
from niangjia.cases.services.shelves import DraftShelf
from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.core import clock, files, protection
from niangjia.core.crypto import new_token, token_digest
from niangjia.core.tests import hostile
from niangjia.feedback import services as feedback
from niangjia.feedback.tests.factories import ITEM
from niangjia.hotline.models import Page, PageWay, WorkOrder
from niangjia.members.models import Account, Membership, Post
from niangjia.members.rules import cards
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.places import services as places
from niangjia.places.models import Place
from niangjia.places.tests.factories import make_place


def make_links(union: Union, account: Account, objects: dict[str, str]) -> dict[str, str]:
    """What stands in the addresses of links and papers, for the `objects` of `account` at
    `union`, and the few things that pages need besides."""
    now, post = clock.now(), make_post(union=union)
    place = Place.objects.get(code=objects["place"])
    open_place = make_place(union, name="门口的驿站")
    pairing = places.make_lock(by=post, place=open_place, name="正门", now=now)
    places.pair_lock(code=pairing, address="203.0.113.1", now=now)
    page = ProgrammePage.objects.get(pk=objects["programme_page"])
    publish_programme_page(by=None, page=page, now=now)
    RecoveryCodes.activate(account)
    publish(COMPLAINT)
    draw = Draw.objects.get(number=objects["draw"])
    allocation.seal_draw(draw_id=draw.pk, now=CLOSES)
    photographed = make_photographed(union)
    captain = make_team(make_activity(union, team_min=2, team_max=3))
    guest = join(make_evening(2, union).activity, account)
    take_part(guest)
    membership = Membership.objects.get(person=account.person)
    return {
        "open_place": open_place.code,
        "photographed": photographed.number,
        "shown_photo": str(make_photo(session_of(photographed)).pk),
        "kept_file": keep_file(account, union),
        "division": union.division.code,
        "item": AID["key"],
        "rated_item": "wage-arrears",
        "programme": "rose-reading",
        "purpose": "notices",
        "union_id": str(union.pk),
        "card_code": cards.code_for(membership.pk, now),
        "certificate_code": Certificate.objects.get(pk=objects["certificate"]).code,
        "calendar": make_address(by=account, now=now),
        "guest": str(guest.pk),
        "team_code": invite_teammate(by=captain.account, sign_up_id=str(captain.pk), now=now),
        "plate": places.issue_plate(by=post, place=place, now=now).key,
        "keeping": places.invite_keeper(by=post, place=place, known_as="李师傅", now=now),
        "till_link": benefits.invite_cashier(
            by=post, shop=Shop.objects.get(number=objects["shop"]), now=now
        ),
        "draw_file": "sealed.json",
        "street_col": "2400",
        "street_line": "600",
        "rating_link": invite_rating(union),
        "public_notice": announce(objects["case"]),
        "letter_code": code_on(objects["letter"], post),
        "page": page_for(objects["work_order"], post.account),
    }


def invite_rating(union: Union) -> str:
    """The token of a link to rate something done there."""
    return feedback.invite_rating(
        subject_kind="case",
        subject_id=uuid.uuid4(),
        item_key="wage-arrears",
        item_name=ITEM,
        union=union,
        rated=None,
        person=None,
        account=None,
        finished_at=clock.now(),
        now=clock.now(),
    ).token


def announce(number: str) -> str:
    """The id of a public notice of the case."""
    now = clock.now()
    with protection.working("test"):
        case = Case.objects.select_related("item", "handler").get(number=number)
        made = PublicNotice.objects.create(
            case=case,
            item=case.item,
            item_name={"zh": "生活救助", "en": "Aid"},
            union=case.handler,
            masked_name="王*明",
            published_at=now,
            until_at=now + dt.timedelta(days=5),
        )
    return str(made.pk)


def code_on(letter: str, post: Post) -> str:
    """What the letter is checked by."""
    account = post.account
    opened = read_letter(
        by=account,
        posts=current_posts(account),
        letter_id=uuid.UUID(letter),
        now=clock.now(),
    )
    return opened.code


def page_for(number: str, account: Account) -> str:
    """The token of a page about the work order."""
    token = new_token()
    with protection.working("test"):
        Page.objects.create(
            order=WorkOrder.objects.get(number=number),
            account=account,
            round=1,
            way=PageWay.values[0],
            token_digest=token_digest(token),
            asked_at=clock.now(),
        )
    return token


def keep_file(account: Account, union: Union) -> str:
    """The id of a file in a draft of the account's."""
    shelf = DraftShelf(owner_of_account(account.pk), access_offered(COMPLAINT["key"], union))
    clean = files.examine(BytesIO(hostile.photo()), name="低保证明.jpg")
    return shelf.keep("files", clean, now=clock.now()).id
