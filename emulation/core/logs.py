"""One log line per event: control characters are escaped, so that a user name cannot forge a log line."""

import logging
from datetime import datetime


class OneLineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = f"{record.name}: {record.getMessage()}"
        if record.exc_info:
            text += " | " + self.formatException(record.exc_info)
        safe = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
        return f"{datetime.fromtimestamp(record.created).astimezone().isoformat(timespec='seconds')} {record.levelname} {safe}"
