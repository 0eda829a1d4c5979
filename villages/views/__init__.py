"""Pages of villages."""
