"""Pure rules of this room: words of a nomination, past awards, numbers of a show of hands."""
