"""Every use case that changes benefits."""

from niangjia.benefits.services.budgets import change_budget, open_budget
from niangjia.benefits.services.closing import close_sign_up, move_closing
from niangjia.benefits.services.disputing import answer_dispute, remind_of_disputes
from niangjia.benefits.services.drafting import (
    BenefitDraft,
    add_to_benefit,
    change_draft,
    draft_benefit,
    publish_benefit,
)
from niangjia.benefits.services.giving import (
    block_cancelled,
    block_coupon,
    cancel_benefit,
    give_coupons,
    release_unused,
    remind_of_coupons,
    return_coupon,
)
from niangjia.benefits.services.indexing import index_missing, index_shops
from niangjia.benefits.services.merchant_lists import (
    forget_refused,
    go_on_importing,
    import_merchants,
    keep_refused,
)
from niangjia.benefits.services.merchants import (
    ShopDetails,
    add_merchant,
    add_shop,
    close_shop,
    set_merchant_state,
)
from niangjia.benefits.services.objecting import answer_objection, end_strikes, object_to_strike
from niangjia.benefits.services.reaching import add_reach, drop_reach
from niangjia.benefits.services.redeeming import redeem, refund
from niangjia.benefits.services.settling import (
    OPEN,
    answer_statement,
    draw_up_statements,
    record_payment,
)
from niangjia.benefits.services.sharing import return_share, share_out_due, split_benefit
from niangjia.benefits.services.showing import read_code
from niangjia.benefits.services.signals import (
    find_signals,
    is_behind,
    judge_signal,
    watch_redemptions,
)
from niangjia.benefits.services.striking import confirm_strike, drop_strike, propose_strike
from niangjia.benefits.services.telling import tell_claims
from niangjia.benefits.services.tills import accept_till, end_cashier, invite_cashier
from niangjia.benefits.services.winding_up import wind_up

__all__ = [
    "OPEN",
    "BenefitDraft",
    "ShopDetails",
    "accept_till",
    "add_merchant",
    "add_reach",
    "add_shop",
    "add_to_benefit",
    "answer_dispute",
    "answer_objection",
    "answer_statement",
    "block_cancelled",
    "block_coupon",
    "cancel_benefit",
    "change_budget",
    "change_draft",
    "close_shop",
    "close_sign_up",
    "confirm_strike",
    "draft_benefit",
    "draw_up_statements",
    "drop_reach",
    "drop_strike",
    "end_cashier",
    "end_strikes",
    "find_signals",
    "forget_refused",
    "give_coupons",
    "go_on_importing",
    "import_merchants",
    "index_missing",
    "index_shops",
    "invite_cashier",
    "is_behind",
    "judge_signal",
    "keep_refused",
    "move_closing",
    "object_to_strike",
    "open_budget",
    "propose_strike",
    "publish_benefit",
    "read_code",
    "record_payment",
    "redeem",
    "refund",
    "release_unused",
    "remind_of_coupons",
    "remind_of_disputes",
    "return_coupon",
    "return_share",
    "set_merchant_state",
    "share_out_due",
    "split_benefit",
    "tell_claims",
    "watch_redemptions",
    "wind_up",
]
