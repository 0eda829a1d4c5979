"""Pure rules of commendations: wording of a nomination, award names, past awards, vote tallies."""
