"""What everybody reaches, and where the telephone system reports."""

from django.urls import URLPattern, path

from niangjia.hotline.views import portal, telephony

urlpatterns: list[URLPattern] = [
    path("", portal.hotline, name="hotline"),
    path("receipt/", portal.receipt, name="receipt"),
    path("telephony/", telephony.telephony, name="telephony"),
]
