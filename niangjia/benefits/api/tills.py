"""/tills: taking coupons, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.benefits import services
from niangjia.benefits.models import Cashier, Redemption, Statement
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.schemas.statements import (
    StatementAnswerIn,
    StatementLineList,
    StatementList,
    StatementOut,
    StatementWordList,
)
from niangjia.benefits.schemas.tills import (
    CashierList,
    CashierOut,
    RefundIn,
    SaleIn,
    SaleList,
    SaleOut,
    TillLinkIn,
    TillLinkOut,
    TillList,
    TillOut,
)
from niangjia.benefits.selectors import statements as statement_selectors
from niangjia.benefits.selectors import tills as selectors
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of

router = Router(tags=["tills"])


def till_shown(till: Cashier) -> dict[str, Any]:
    """A till as `TillOut`."""
    shop = till.shop
    return {
        "shop": shop.number,
        "name": shop.name,
        "merchant": shop.merchant.name,
        "merchant_state": shop.merchant.state,
        "reason": shop.merchant.reason,
        "is_manager": till.is_manager,
    }


def sale_shown(sale: Redemption) -> dict[str, Any]:
    """A redemption as `SaleOut`."""
    return {
        "id": sale.pk,
        "at": sale.at,
        "shop": sale.shop.name,
        "coupon": sale.coupon.number,
        "benefit": sale.coupon.benefit.name,
        "is_piece": sale.coupon.benefit.is_piece,
        "bill_fen": sale.bill_fen,
        "amount_fen": sale.amount_fen,
        "refunded_fen": sum(back.amount_fen for back in sale.refunds.all()),
    }


def statement_shown(statement: Statement) -> dict[str, Any]:
    """A statement as `StatementOut`."""
    names: tuple[str, ...] = ("number", "month", "state", "redeemed_fen", "refunded_fen")
    names += ("total_fen", "words", "payment", "due_at")
    return {name: getattr(statement, name) for name in names} | {
        "union": named(statement.union),
        "merchant": statement.merchant.name,
    }


@router.get("", response=TillList, summary="Where I take coupons")
def list_tills(request: HttpRequest) -> dict[str, Any]:
    """By the name of the shop."""
    return {"items": [till_shown(till) for till in selectors.list_tills(account_of(request))]}


@router.post("", response={201: TillOut}, summary="Stand at a till, by a link")
def accept_till(request: HttpRequest, payload: TillLinkIn) -> Status[dict[str, Any]]:
    """One link makes one cashier."""
    till = services.accept_till(by=account_of(request), token=payload.token, now=clock.now())
    return Status(201, till_shown(selectors.access_till(account_of(request), till.shop.number)))


@router.post("/{shop}/sales", response={201: SaleOut}, summary="Take a coupon")
def take_coupon(request: HttpRequest, shop: str, payload: SaleIn) -> Status[dict[str, Any]]:
    """The code that is shown now pays for one purchase."""
    till, now = selectors.access_till(account_of(request), shop), clock.now()
    seen = services.read_code(by=till, typed=payload.code, now=now)
    sale = services.redeem(
        by=till,
        coupon=seen.coupon,
        step=seen.step,
        bill_fen=payload.bill_fen,
        wanted_fen=payload.amount_fen,
        key=payload.key,
        now=now,
    )
    return Status(201, sale_shown(sale))


@router.get("/{shop}/sales", response=SaleList, summary="What was taken")
def list_sales(request: HttpRequest, shop: str, cursor: str | None = None) -> dict[str, Any]:
    """The newest first; a manager sees all shops of the merchant."""
    found = selectors.list_redemptions(selectors.access_till(account_of(request), shop))
    page = page_of(found, order=("-at", "-id"), cursor=cursor)
    return {"items": list(map(sale_shown, page.items)), "next": page.next}


@router.post("/sales/{sale_id}/refunds", response={201: SaleOut}, summary="Take back")
def refund_sale(request: HttpRequest, sale_id: str, payload: RefundIn) -> Status[dict[str, Any]]:
    """It is on the coupon again, never money. Managers do it."""
    sale, till = selectors.access_sale(account_of(request), sale_id)
    services.refund(by=till, redemption=sale, now=clock.now(), **payload.dict())
    return Status(201, sale_shown(selectors.access_sale(account_of(request), sale_id)[0]))


@router.get("/{shop}/cashiers", response=CashierList, summary="Who takes coupons here")
def list_cashiers(request: HttpRequest, shop: str) -> dict[str, Any]:
    """Now."""
    till = selectors.access_managed(account_of(request), shop)
    return {"items": list(selectors.list_cashiers(till.shop).order_by("since_at"))}


@router.post("/{shop}/cashiers", response={201: TillLinkOut}, summary="A link for one more")
def invite_cashier(request: HttpRequest, shop: str) -> Status[dict[str, str]]:
    """Shown once, good for seven days and one person."""
    till = selectors.access_managed(account_of(request), shop)
    token = services.invite_cashier(by=till, shop=till.shop, now=clock.now())
    return Status(201, {"token": token})


@router.delete("/cashiers/{cashier_id}", response=CashierOut, summary="End a cashier")
def end_cashier(request: HttpRequest, cashier_id: str) -> Cashier:
    """They take nothing any more."""
    found, till = selectors.access_cashier(account_of(request), cashier_id)
    return services.end_cashier(by=till, cashier=found, now=clock.now())


@router.get("/{shop}/statements", response=StatementList, summary="What unions owe us")
def list_own_statements(
    request: HttpRequest, shop: str, cursor: str | None = None
) -> dict[str, Any]:
    """The newest month first."""
    found = statement_selectors.list_statements_of(
        selectors.access_managed(account_of(request), shop).shop.merchant
    )
    page = page_of(found, order=statement_selectors.ORDER, cursor=cursor)
    return {"items": list(map(statement_shown, page.items)), "next": page.next}


@router.get("/statements/{number}/lines", response=StatementLineList, summary="Lines")
def list_own_lines(request: HttpRequest, number: str, cursor: str | None = None) -> dict[str, Any]:
    """In the order in which they were written."""
    found, _till = statement_selectors.access_statement_for(account_of(request), number)
    return lines_shown(found, cursor)


def lines_shown(statement: Statement, cursor: str | None) -> dict[str, Any]:
    """A page of a statement's lines."""
    page = page_of(
        statement_selectors.list_lines(statement), order=("id",), cursor=cursor, size=100
    )
    return {
        "items": [
            {
                "id": line.pk,
                "at": line.at,
                "shop": line.bought.shop.name,
                "benefit": line.bought.coupon.benefit.name,
                "coupon": line.bought.coupon.number,
                "kind": line.kind,
                "amount_fen": line.amount_fen,
            }
            for line in page.items
        ],
        "next": page.next,
    }


@router.get("/statements/{number}/words", response=StatementWordList, summary="What was said")
def list_own_words(request: HttpRequest, number: str) -> dict[str, Any]:
    """By the union and by us, the oldest first."""
    found, _till = statement_selectors.access_statement_for(account_of(request), number)
    return {"items": statement_selectors.list_said(found)}


@router.post("/statements/{number}/answer", response=StatementOut, summary="Answer a statement")
def answer_statement(
    request: HttpRequest, number: str, payload: StatementAnswerIn
) -> dict[str, Any]:
    """Confirm it, or say what is wrong."""
    found, till = statement_selectors.access_statement_for(account_of(request), number)
    services.answer_statement(
        by=till,
        statement=found,
        words=payload.words,
        agrees=not payload.words,
        now=clock.now(),
    )
    return statement_shown(statement_selectors.access_statement_for(account_of(request), number)[0])
