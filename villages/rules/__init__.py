"""Rules about people and units. Pure."""
