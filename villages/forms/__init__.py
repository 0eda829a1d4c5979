"""Forms of villages."""
