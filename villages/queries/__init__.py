"""Reads about people, units and those who serve."""
