"""Root URL configuration; each app has its own urls.py. Paths are Vietnamese without diacritics, names are English."""

from django.urls import include, path

handler400 = "emulation.core.errorpages.bad_request"
handler403 = "emulation.core.errorpages.forbidden"
handler404 = "emulation.core.errorpages.not_found"

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("reports.urls")),
    path("tai-khoan/", include("emulation.accounts.urls")),
    path("thong-bao/", include("emulation.notices.urls")),
    path("phap-luat/", include("emulation.legal.urls")),
    path("van-ban/", include("emulation.documents.urls")),
    path("don-vi/", include("villages.urls")),
    path("thi-dua/", include("campaigns.urls")),
    path("khen-thuong/", include("commendations.urls")),
]
