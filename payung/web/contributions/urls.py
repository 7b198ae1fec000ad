"""Addresses of notices, payments, accounts and months."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.contributions import accounts, lists, months, notices, one_month, payments, reconciliation, waiting
from payung.web.frame.navigation import NavEntry, Place

urlpatterns = [
    path("tagihan/", lists.notices, name="notices"),
    path("tagihan/baru/", notices.choose, name="notice_choose"),
    path("tagihan/baru/<uuid:public_id>/", notices.new, name="notice_new"),
    path("tagihan/bulan/", months.page, name="months"),
    path("tagihan/bulan/<str:code>/", one_month.page, name="month"),
    path("tagihan/rekonsiliasi/", reconciliation.index, name="reconciliations"),
    path("tagihan/rekonsiliasi/<uuid:public_id>/", reconciliation.page, name="reconciliation"),
    path("tagihan/rekonsiliasi/<uuid:public_id>/catat/", reconciliation.submit, name="reconciliation_submit"),
    path("tagihan/rekonsiliasi/<uuid:public_id>/terima/", reconciliation.accept, name="reconciliation_accept"),
    path("tagihan/rekonsiliasi/<uuid:public_id>/batal/", reconciliation.undo, name="reconciliation_undo"),
    path(
        "tagihan/rekonsiliasi/<uuid:public_id>/<slug:side>/<int:row_number>/",
        reconciliation.line,
        name="reconciliation_line",
    ),
    path("tagihan/pembayaran/", lists.payments, name="payments"),
    path("tagihan/pembayaran/baru/", payments.new, name="payment_new"),
    path("tagihan/pembayaran/<uuid:public_id>/", payments.page, name="payment"),
    path("tagihan/pembayaran/<uuid:public_id>/bukti/", payments.proof, name="payment_proof"),
    path("tagihan/pembayaran/<uuid:public_id>/konfirmasi/", payments.confirm, name="payment_confirm"),
    path("tagihan/pembayaran/<uuid:public_id>/kenali/", payments.identify, name="payment_identify"),
    path("tagihan/pembayaran/<uuid:public_id>/batal/", payments.reverse_, name="payment_reverse"),
    path("tagihan/rekening/<uuid:public_id>/", accounts.page, name="account_of_sponsor"),
    path("tagihan/<uuid:public_id>/", notices.page, name="notice"),
    path("tagihan/<uuid:public_id>/pdf/", notices.pdf, name="notice_pdf"),
    path("tagihan/<uuid:public_id>/kode/", notices.pay_code, name="notice_pay_code"),
    path("tagihan/<uuid:public_id>/bayar/", notices.pay, name="notice_pay"),
    path("tagihan/<uuid:public_id>/tarik/", notices.withdraw, name="notice_withdraw"),
]

NAVIGATION = [
    NavEntry(
        _("Tagihan & pembayaran"),
        "notices",
        Permission.NOTICE_READ,
        "receipt",
        Place.TAGIHAN,
        company_label=_("Tagihan"),
        count=waiting.money_count,
    )
]
TASKS = [waiting.payment_tasks, waiting.file_tasks, waiting.notice_tasks]
