"""Mutation testing of the pure rules: small faults put into the source, one at a time; do the tests notice?

`mutants` finds the places, `coverage_map` which tests reach them, `trials` runs those tests in a fork; the command is `drills/mutation.py`.
"""
