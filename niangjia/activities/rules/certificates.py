"""What stands on the paper of a certificate: pure."""

from niangjia.activities.models import Certificate, CertificateKind
from niangjia.core import clock
from niangjia.core.documents import Letter, Paragraph, Seal, Verification

#: Certificates are Chinese papers, in whatever language somebody reads the site.
TITLES = {CertificateKind.COURSE: "结业证书", CertificateKind.VOLUNTEER: "志愿服务证明"}


def said(certificate: Certificate) -> str:
    """The sentence that it is about."""
    if certificate.kind == CertificateKind.COURSE:
        return (
            f"参加“{certificate.title}”学习，全程 {certificate.times_of} 次，"
            f"到课 {certificate.times} 次，共 {certificate.hours} 小时，"
            "达到结业要求，准予结业，特发此证。"
        )
    return (
        f"参加本会组织的志愿服务 {certificate.times} 次，"
        f"累计服务 {certificate.hours} 小时（据签到记录），特此证明。"
    )


def paper(certificate: Certificate, *, verify_at: str) -> Letter:
    """The certificate, with where anybody checks it (`verify_at`, whole)."""
    day = certificate.issued_at.astimezone(clock.CHINA).date()
    body = [Paragraph(said(certificate))]
    if certificate.is_made_up:
        body.append(Paragraph("（演示数据，所述活动为虚构。）"))
    return Letter(
        issuer=certificate.union.name,
        title=TITLES[CertificateKind(certificate.kind)],
        issued_date=day,
        number=f"证书编号 {certificate.number}",
        addressee=f"{certificate.name} 同志",
        body=body,
        seal=Seal(certificate.union.name, is_demonstration=certificate.is_made_up),
        verification=Verification(verify_at, certificate.code),
    )
