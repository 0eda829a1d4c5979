"""The life of papers that the office drafts, the chair approves and the clerk issues (or the chair signs).

A kind of paper declares an `ApprovalFlow` (its words, its states after issue) and an `Approval` (its actions: what is
particular to it); the steps, the views and the URLs come from here. See docs/howto.md, "A kind of paper".
"""
