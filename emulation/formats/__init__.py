"""Formats of Django's own fields and filters, by language (FORMAT_MODULE_PATH)."""
