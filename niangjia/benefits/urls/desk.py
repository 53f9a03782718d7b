"""For officers."""

from django.urls import URLPattern, path

from niangjia.benefits.views.desk import (
    benefits,
    budgets,
    coupons,
    levels,
    merchants,
    sharing,
    signals,
    statements,
    strikes,
)

DESK = "desk/benefits"

urlpatterns: list[URLPattern] = [
    path(f"{DESK}/", benefits.benefits, name="desk_benefits"),
    path(f"{DESK}/new/<str:union>/", benefits.draft, name="draft"),
    path(f"{DESK}/budgets/", budgets.budgets, name="budgets"),
    path(f"{DESK}/budgets/<str:budget_id>/", budgets.budget, name="budget"),
    path(f"{DESK}/merchants/", merchants.merchants, name="merchants"),
    path(f"{DESK}/merchants/sheet/", merchants.sheet, name="merchant_sheet"),
    path(f"{DESK}/merchants/import/", merchants.imports, name="merchant_import"),
    path(
        f"{DESK}/merchants/import/<str:import_id>/",
        merchants.import_progress,
        name="merchant_import_progress",
    ),
    path(
        f"{DESK}/merchants/import/<str:import_id>/sheet/",
        merchants.refused_sheet,
        name="merchant_import_faults",
    ),
    path(f"{DESK}/merchants/<str:number>/", merchants.merchant, name="merchant"),
    path(f"{DESK}/merchants/<str:number>/shops/", merchants.shop, name="merchant_shop"),
    path(f"{DESK}/merchants/<str:number>/state/", merchants.state, name="merchant_state"),
    path(f"{DESK}/shops/<str:number>/end/", merchants.end_shop, name="shop_end"),
    path(f"{DESK}/shops/<str:number>/manager/", merchants.manager, name="shop_manager"),
    path(f"{DESK}/statements/", statements.statements, name="statements"),
    path(f"{DESK}/statements/levels/", levels.levels, name="statement_levels"),
    path(f"{DESK}/statements/levels/sheet/", levels.sheet, name="statement_levels_sheet"),
    path(f"{DESK}/statements/<str:number>/", statements.statement, name="statement"),
    path(f"{DESK}/statements/<str:number>/answer/", statements.answer, name="statement_answer"),
    path(f"{DESK}/statements/<str:number>/sheet/", statements.sheet, name="statement_sheet"),
    path(f"{DESK}/signals/", signals.signals, name="redemption_signals"),
    path(f"{DESK}/signals/<str:signal_id>/", signals.judgement, name="redemption_judgement"),
    path(f"{DESK}/strikes/", strikes.strikes, name="strikes"),
    path(f"{DESK}/strikes/new/<str:sale_id>/", strikes.propose, name="strike_new"),
    path(f"{DESK}/strikes/<str:strike_id>/", strikes.strike, name="strike"),
    path(
        f"{DESK}/strikes/<str:strike_id>/confirmation/",
        strikes.confirm,
        name="strike_confirmation",
    ),
    path(f"{DESK}/strikes/<str:strike_id>/drop/", strikes.drop, name="strike_drop"),
    path(f"{DESK}/strikes/<str:strike_id>/answer/", strikes.answer, name="strike_answer"),
    path(f"{DESK}/coupons/", coupons.coupons, name="desk_coupons"),
    path(f"{DESK}/coupons/<str:number>/block/", coupons.block, name="coupon_block"),
    path(f"{DESK}/<str:number>/", benefits.benefit, name="desk_benefit"),
    path(f"{DESK}/<str:number>/draft/", benefits.change, name="draft_change"),
    path(f"{DESK}/<str:number>/publication/", benefits.publication, name="publication"),
    path(f"{DESK}/<str:number>/supply/", benefits.supply, name="supply"),
    path(f"{DESK}/<str:number>/shares/", sharing.share, name="share"),
    path(f"{DESK}/<str:number>/shares/end/", sharing.share_end, name="share_end"),
    path(f"{DESK}/<str:number>/reach/", sharing.reach, name="reach"),
    path(f"{DESK}/<str:number>/reach/end/", sharing.reach_end, name="reach_end"),
    path(f"{DESK}/<str:number>/closing/", benefits.closing, name="closing"),
    path(f"{DESK}/<str:number>/longer/", benefits.longer, name="longer"),
    path(f"{DESK}/<str:number>/cancellation/", benefits.cancellation, name="cancellation"),
]
