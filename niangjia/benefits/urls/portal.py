"""For workers, and for whoever stands at a till."""

from django.urls import URLPattern, path

from niangjia.benefits.views import portal, shops, till, till_strikes, wallet

urlpatterns: list[URLPattern] = [
    path("benefits/", portal.benefits, name="benefits"),
    path("benefits/shops/", shops.shops, name="shops"),
    path("benefits/mine/", wallet.mine, name="mine"),
    path("benefits/mine/<str:number>/", wallet.coupon, name="coupon"),
    path("benefits/mine/<str:number>/code/", wallet.code, name="code"),
    path("benefits/mine/<str:number>/return/", wallet.give_back, name="return"),
    path("benefits/<str:number>/", portal.benefit, name="benefit"),
    path("till/", till.tills, name="tills"),
    path("till/invitations/<str:token>/", till.invitation, name="till_invitation"),
    path("till/<str:number>/", till.till, name="till"),
    path("till/<str:number>/sales/", till.sales, name="sales"),
    path("till/sales/<str:sale_id>/refund/", till.refund, name="refund"),
    path("till/<str:number>/strikes/", till_strikes.strikes, name="till_strikes"),
    path("till/strikes/<str:strike_id>/", till_strikes.strike, name="till_strike"),
    path("till/<str:number>/people/", till.people, name="till_people"),
    path("till/people/<str:cashier_id>/end/", till.end, name="till_end"),
    path("till/<str:number>/statements/", till.statements, name="till_statements"),
    path("till/statements/<str:number>/", till.statement, name="till_statement"),
]
