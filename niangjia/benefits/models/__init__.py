"""Everything this room stores."""

from niangjia.benefits.models.benefits import Acceptance, Benefit
from niangjia.benefits.models.budgets import Budget, BudgetEntry
from niangjia.benefits.models.choices import (
    OPEN_STRIKES,
    STANDING_STRIKES,
    BenefitKind,
    BenefitState,
    CouponState,
    Judgement,
    LineKind,
    MerchantState,
    Occasion,
    SignalKind,
    StatementState,
    StrikeState,
)
from niangjia.benefits.models.coupons import Coupon, Redemption, Refund
from niangjia.benefits.models.imports import MerchantImport
from niangjia.benefits.models.merchants import Cashier, Merchant, Shop, TillInvitation
from niangjia.benefits.models.search import ShopSearch
from niangjia.benefits.models.signals import RedemptionSignal, RedemptionWatch
from niangjia.benefits.models.statement_words import StatementWord
from niangjia.benefits.models.statements import Statement, StatementLine
from niangjia.benefits.models.strikes import Strike

__all__ = [
    "OPEN_STRIKES",
    "STANDING_STRIKES",
    "Acceptance",
    "Benefit",
    "BenefitKind",
    "BenefitState",
    "Budget",
    "BudgetEntry",
    "Cashier",
    "Coupon",
    "CouponState",
    "Judgement",
    "LineKind",
    "Merchant",
    "MerchantImport",
    "MerchantState",
    "Occasion",
    "Redemption",
    "RedemptionSignal",
    "RedemptionWatch",
    "Refund",
    "Shop",
    "ShopSearch",
    "SignalKind",
    "Statement",
    "StatementLine",
    "StatementState",
    "StatementWord",
    "Strike",
    "StrikeState",
    "TillInvitation",
]
