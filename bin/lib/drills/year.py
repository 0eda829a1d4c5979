"""A year of the clock, hour by hour: every reminder once and in time, with killed workers and a broker that stops.

    bin/drill year [DAYS]       DAYS: how many days (default 365)

The short form is in bin/test: 100 days on SQLite and on PostgreSQL, 28 days with a real Redis and a real worker.
"""

from drills._suite import POSTGRES, SQLITE, run_tests

DAYS = "365"


def main(words: list[str]) -> int:
    if words and not words[0].isdigit():
        print(__doc__)
        return 0 if words == ["--help"] else 2
    days = words[0] if words else DAYS
    simulated = ["tests/test_reminder_year.py"]
    real = ["tests/test_reminders_redis.py"]
    passed = [
        run_tests(f"{days} simulated days, SQLite", SQLITE, simulated, CLOCK_DAYS=days),
        run_tests(f"{days} simulated days, PostgreSQL", POSTGRES, simulated, CLOCK_DAYS=days),
        run_tests(f"{days} days, PostgreSQL, Redis and real workers", POSTGRES, real, CLOCK_DAYS=days),
    ]
    return 0 if all(passed) else 1
