"""Official papers as data: frozen, typed dataclasses; pure Python, no Django models, no engine.

A room builds a `Paper` (or a `Certificate`) in its papers.py and hands it to `documents.actions`:

    paper = Paper(
        kind="quyet_dinh",
        letterhead=Letterhead(issuer="ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG", place="Bình Lương", symbol="QĐ-UBND", year=2026),
        doc_type="QUYẾT ĐỊNH",
        subject="Về việc tặng Giấy khen …",
        body=(
            Centered("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
            Ground("Căn cứ Luật …"), Ground("Theo đề nghị của …"),
            Enact(),
            Article(1, "Tặng Giấy khen …"), Article(2, "…"), Article(3, end_mark("…")),
        ),
        signatures=(signed_by_chair("Nguyễn Văn A"),),
        recipients=("Như Điều 3", "Lưu: VT, VP"),
        appendices=(Appendix("DANH SÁCH", body=(Table(…),), of="Chủ tịch Ủy ban nhân dân xã Bình Lương"),),
    )

Rules: text is cleaned (NFC, single spaces) when a block is made; what cannot stand raises PaperInvalid (a RuleBroken);
";" and "." after căn cứ, addressees and recipients and the dashes before them are put by the engines; status is
`draft` until `paper.for_signature()` or `paper.issued(...)`. Engines: documents.engines.{html,pdf,docx}.
"""
