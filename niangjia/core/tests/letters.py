"""Letters for the tests, and ways to look into what became of them."""

import datetime as dt
from io import BytesIO

import pikepdf
import pypdfium2

from niangjia.core import documents
from niangjia.core.documents import Heading, Items, Letter, Paragraph, Seal, Table, Verification

CODE = "7K2M-9QXC-4T0B"
FULL = Letter(
    issuer="示范市示范区总工会",
    title="工会劳动法律监督提示函",
    issued_date=dt.date(2026, 1, 2),
    number=documents.document_number("示区工法督函", 2026, 1),
    addressee="示范快运有限公司：",
    body=[
        Paragraph("职工王𬭎、李䶮、买买提·吐尔逊反映，你单位自 2025 年 8 月起未足额支付劳动报酬。"),
        Heading("一、欠付情况"),
        Table(["姓名", "金额（元）", "说明"], [["王𬭎", "7,200.00", "已提交工资条与配送单据"]]),
        Items(["请于 10 个工作日内付清。", "请书面回复。"]),
        Paragraph("特此函告。"),
    ],
    attachments=["人员名单", "证据目录"],
    contact="联系人：张明，电话：010-12345678",
    copies_to=["示范市总工会", "示范区人力资源和社会保障局"],
    seal=Seal("示范市示范区总工会", is_demonstration=True),
    verification=Verification(f"https://niangjia.example/verify/{CODE}", CODE),
)


def plain(**said):
    """A letter with little in it."""
    return Letter(
        **{
            "issuer": "某厂工会",
            "title": "通知",
            "issued_date": dt.date(2026, 10, 1),
            **said,
        }
    )


def pages(made):
    return list(pypdfium2.PdfDocument(made))


def text_of(made):
    """What a reader copies, without white space."""
    texts = [page.get_textpage().get_text_bounded() for page in pages(made)]
    return "".join("".join(texts).split())


def unpacked(made):
    """The file with every stream readable."""
    written = BytesIO()
    with pikepdf.open(BytesIO(made)) as document:
        document.save(
            written,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return written.getvalue()
