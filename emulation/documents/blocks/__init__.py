"""Official papers as data: frozen, typed dataclasses; pure Python, without Django models and engines.

An app builds a `Paper` (or a `Certificate`) in its papers module and passes it to `documents.actions`:

    paper = Paper(
        kind="quyet_dinh",
        letterhead=Letterhead(issuer="ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG", place="Bình Lương", symbol="QĐ-UBND", year=2026),
        doc_type="QUYẾT ĐỊNH",
        subject="Về việc tặng Giấy khen …",
        body=(
            CenteredLine("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
            LegalBasisLine("Căn cứ Luật …"), LegalBasisLine("Theo đề nghị của …"),
            EnactingLine(),
            Article(1, "Tặng Giấy khen …"), Article(2, "…"), Article(3, with_end_mark("…")),
        ),
        signatures=(chair_signature("Nguyễn Văn A"),),
        recipients=("Như Điều 3", "Lưu: VT, VP"),
        appendices=(Appendix("DANH SÁCH", body=(Table(…),), of="Chủ tịch Ủy ban nhân dân xã Bình Lương"),),
    )

Text is normalised (NFC, single spaces) when a block is created; invalid content raises InvalidPaper (a RuleBroken). The
engines add the dashes before and the ";" and "." after căn cứ, addressees and recipients. The status is `draft` until
`paper.for_signature()` or `paper.issued(...)`. Engines: documents.engines.{html,pdf,docx}.
"""
