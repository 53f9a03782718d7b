"""Routes of benefits: for everybody, for whoever has a coupon or stands at a till, for officers."""

from niangjia.members.rules import Action

PUBLIC = {
    "benefits:benefits",
    "benefits:benefit",
    "benefits:shops",
    "api-1:find_shops",
    "api-1:list_benefits",
    "api-1:show_benefit",
    "api-1:list_benefit_shops",
}

#: A benefit is everybody's; who may claim it is the pool's to say. A link to a till is whoever's
#: who has it.
SELF = {
    "benefits:mine",
    "benefits:tills",
    "benefits:till_invitation",
    "api-1:list_coupons",
    "api-1:list_tills",
    "api-1:accept_till",
}

OWN = {
    **{f"benefits:{name}": "coupon" for name in ("coupon", "code", "return")},
    **{f"api-1:{name}": "coupon" for name in ("show_coupon", "return_coupon")},
    **{f"benefits:{name}": "shop" for name in ("till", "sales", "till_people", "till_statements")},
    "benefits:till_strikes": "shop",
    **dict.fromkeys(
        ("benefits:till_strike", "api-1:show_own_strike", "api-1:object_to_strike"), "strike"
    ),
    **{
        f"api-1:{name}": "shop"
        for name in (
            *("take_coupon", "list_sales", "list_cashiers", "invite_cashier"),
            *("list_own_statements", "list_own_strikes"),
        )
    },
    "benefits:refund": "sale",
    "api-1:refund_sale": "sale",
    "benefits:till_end": "cashier",
    "api-1:end_cashier": "cashier",
    "benefits:till_statement": "statement",
    "api-1:list_own_lines": "statement",
    "api-1:list_own_words": "statement",
    "api-1:answer_statement": "statement",
}

PARTS = {
    "": (
        *("benefits:desk_benefits", "benefits:budgets", "benefits:merchants"),
        *("benefits:merchant_sheet", "benefits:merchant_import", "benefits:statements"),
        *("benefits:redemption_signals", "benefits:desk_coupons", "api-1:list_budgets"),
        *("api-1:open_budget", "api-1:list_benefits_within", "api-1:draft_benefit"),
        *("api-1:list_merchants", "api-1:add_merchant", "api-1:import_merchants"),
        *("api-1:list_statements", "api-1:draw_up_statements", "api-1:list_redemption_signals"),
        *("benefits:statement_levels", "benefits:statement_levels_sheet"),
        "api-1:list_settlement_levels",
        *("benefits:strikes", "api-1:list_strikes", "api-1:propose_strike"),
    ),
    "sale": ("benefits:strike_new",),
    "strike": (
        *("benefits:strike", "benefits:strike_confirmation", "benefits:strike_drop"),
        *("benefits:strike_answer", "api-1:show_strike", "api-1:confirm_strike"),
        *("api-1:drop_strike", "api-1:answer_objection"),
    ),
    "union": ("benefits:draft",),
    "budget": ("benefits:budget", "api-1:change_budget"),
    "benefit": (
        *("benefits:desk_benefit", "benefits:draft_change", "benefits:publication"),
        *("benefits:supply", "benefits:cancellation", "api-1:change_draft"),
        *("benefits:closing", "benefits:longer", "api-1:close_benefit"),
        "api-1:move_benefit_closing",
        *("benefits:share", "benefits:share_end", "api-1:list_benefit_shares"),
        *("api-1:split_benefit", "api-1:return_benefit_share"),
        *("benefits:reach", "benefits:reach_end", "api-1:list_benefit_reach"),
        *("api-1:add_benefit_reach", "api-1:drop_benefit_reach"),
        *("api-1:publish_benefit", "api-1:add_to_benefit", "api-1:cancel_benefit"),
    ),
    "coupon": (
        *("benefits:coupon_block", "api-1:show_coupon_within", "api-1:block_coupon"),
        "api-1:list_coupon_redemptions",
    ),
    "merchant": (
        *("benefits:merchant", "benefits:merchant_shop", "benefits:merchant_state"),
        *("api-1:set_merchant_state", "api-1:list_shops", "api-1:add_shop"),
    ),
    "merchant_import": (
        *("benefits:merchant_import_progress", "benefits:merchant_import_faults"),
        "api-1:show_import",
    ),
    "shop": (
        *("benefits:shop_end", "benefits:shop_manager"),
        *("api-1:close_shop", "api-1:invite_manager"),
    ),
    "statement": (
        *("benefits:statement", "benefits:statement_sheet", "api-1:list_lines"),
        *("api-1:record_payment", "benefits:statement_answer", "api-1:answer_dispute"),
        "api-1:list_words",
    ),
    "redemption_signal": ("benefits:redemption_judgement", "api-1:judge_redemptions"),
}
OFFICER = {name: (Action.GIVE_BENEFITS, kind) for kind, names in PARTS.items() for name in names}
