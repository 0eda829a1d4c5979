"""The days of a campaign, figures that contradict each other, first sentences, marks of tasks, limits of a schedule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.rules import COMMUNE_INITIATOR, CRITERIA, REGULAR, THEMATIC, CampaignDays, contradicting_day
from campaigns.directives.rules.duty import MARK_WORDS, OFFICE_PERFORMERS, PERFORMERS, TALLY_WORDS, DutyMark
from campaigns.directives.rules.recipient import KNOW, parse_recipient
from campaigns.exemplars.rules.shortlist import first_sentence
from campaigns.obligations.rules import ReminderSchedule
from villages.models import Unit

YEAR_2026 = CampaignDays(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        (CampaignDays(), []),
        (YEAR_2026, []),
        (CampaignDays(starts_on=date(2026, 1, 1)), []),
        (CampaignDays(ends_on=date(2026, 1, 1)), []),
        (CampaignDays(date(2026, 1, 1), date(2036, 12, 31)), []),
        (CampaignDays(date(2026, 1, 1), date(2037, 1, 1)), ["ends_on"]),
        (CampaignDays(date(2026, 1, 2), date(2026, 1, 1)), ["ends_on"]),
        (CampaignDays(date(2026, 1, 1), date(2026, 1, 1)), []),
        (replace(YEAR_2026, register_by=date(2026, 12, 31)), []),
        (replace(YEAR_2026, register_by=date(2027, 1, 1)), ["register_by"]),
        (replace(YEAR_2026, midterm_on=date(2026, 1, 1)), []),
        (replace(YEAR_2026, midterm_on=date(2026, 12, 31)), []),
        (replace(YEAR_2026, midterm_on=date(2025, 12, 31)), ["midterm_on"]),
        (replace(YEAR_2026, midterm_on=date(2027, 1, 1), final_on=date(2027, 1, 1)), ["midterm_on"]),
        (CampaignDays(midterm_on=date(2026, 6, 30)), []),
        (CampaignDays(starts_on=date(2026, 7, 1), midterm_on=date(2026, 6, 30)), ["midterm_on"]),
        (CampaignDays(ends_on=date(2026, 6, 29), midterm_on=date(2026, 6, 30)), ["midterm_on"]),
        (replace(YEAR_2026, midterm_on=date(2026, 6, 30), final_on=date(2026, 6, 29)), ["final_on"]),
        (replace(YEAR_2026, final_on=date(2025, 12, 31)), ["final_on"]),
    ],
)
def test_days_that_contradict_each_other_are_named(days: CampaignDays, fields: list[str]) -> None:
    assert list(days.faults()) == fields


def test_the_longest_campaign_in_years() -> None:
    assert "10 năm" in CampaignDays(date(2026, 1, 1), date(2037, 1, 1)).faults()["ends_on"]


def test_the_words_of_the_rules_are_those_of_the_columns() -> None:
    columns = {column.name: dict(column.choices or ()) for column in Campaign._meta.concrete_fields}
    assert {REGULAR, THEMATIC} <= columns["kind"].keys() and COMMUNE_INITIATOR in columns["initiator"]
    assert set(CRITERIA) <= columns.keys()


@pytest.mark.parametrize(
    ("value", "on", "day"),
    [
        (50, date(2026, 6, 1), None),
        (29, date(2026, 6, 1), date(2026, 5, 1)),  # less than before
        (71, date(2026, 6, 1), date(2026, 7, 1)),  # more than later
        (30, date(2026, 5, 1), None),  # the day itself is corrected, not contradicted
        (20, date(2026, 5, 1), None),
        (70, date(2026, 6, 1), None),
    ],
)
def test_counts_never_decrease(value: int, on: date, day: date | None) -> None:
    reported = {date(2026, 5, 1): Decimal(30), date(2026, 7, 1): Decimal(70)}
    assert contradicting_day(Decimal(value), on, reported) == day


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Hiến đất làm đường. Góp công.", 160, "Hiến đất làm đường"),
        ("một hai ba bốn năm", 18, "một hai ba bốn năm"),
        ("một hai ba bốn năm", 13, "một hai ba…"),
        ("một hai, ba bốn năm", 11, "một hai…"),
    ],
)
def test_the_first_sentence_is_cut_at_a_word(text: str, length: int, short: str) -> None:
    assert first_sentence(text, length) == short


def test_every_mark_of_a_task_has_words_and_a_tone() -> None:
    assert set(MARK_WORDS) == set(DutyMark) and set(TALLY_WORDS) < set(DutyMark)
    assert {tone for *_, tone in MARK_WORDS.values()} == {"good", "wait", "bad", "neutral"}
    assert [MARK_WORDS[mark][3] for mark in (DutyMark.on_time, DutyMark.late, DutyMark.silent)] == [
        "good",
        "wait",
        "bad",
    ]


def test_tasks_are_given_to_kinds_of_units_the_council_and_the_office() -> None:
    assert set(PERFORMERS) == {kind for kind, _ in Unit.KINDS} | {"council"}  # no collective, which has no duties
    assert set(OFFICE_PERFORMERS) <= set(PERFORMERS)


@pytest.mark.parametrize("ending", ["(để biết)", "(biết)", "(đ/b)"])
def test_for_information_is_read_in_its_spellings(ending: str) -> None:
    found = parse_recipient(f"- Sở Nội vụ {ending}")
    assert found is not None and found.code == KNOW


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"before": 0}, ["before"]),
        ({"before": 1}, []),
        ({"before": 10}, []),
        ({"before": 11}, ["before"]),
        ({"after": 0}, ["after"]),
        ({"after": 2}, []),
        ({"after": 3}, ["after"]),
        ({"chair_after": 3}, ["chair_after"]),
        ({"chair_after": 30}, []),
        ({"chair_after": 31}, ["chair_after"]),
    ],
)
def test_the_limits_of_a_schedule(change: dict[str, int], fields: list[str]) -> None:
    assert list(replace(ReminderSchedule(), **change).faults()) == fields
