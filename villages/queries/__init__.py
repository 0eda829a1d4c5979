"""Queries about people, units and memberships."""
