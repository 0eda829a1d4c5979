"""Job handlers of commendations: none so far; the decision's own jobs belong to documents and portal."""
