"""Subject keys are stored in audit entries, so they never change: the keys below are those of existing rows."""

import pytest
from django.apps import apps

from emulation.communes.models import CommuneRow
from emulation.communes.subjects import model_for_subject_key

STORED = [
    "accounts.User",
    "acts.FormOnce",
    "backups.Restore",
    "campaigns.Campaign",
    "campaigns.Choice",
    "campaigns.ChosenList",
    "campaigns.Consent",
    "campaigns.Directive",
    "campaigns.DirectiveScan",
    "campaigns.Duty",
    "campaigns.DutyReport",
    "campaigns.DutyReportFile",
    "campaigns.Exemplar",
    "campaigns.ExemplarPhoto",
    "campaigns.FollowUp",
    "campaigns.Goal",
    "campaigns.Handling",
    "campaigns.Letter",
    "campaigns.LetterReceipt",
    "campaigns.LetterRecipient",
    "campaigns.Period",
    "campaigns.Pledge",
    "campaigns.PraiseLetter",
    "campaigns.Progress",
    "campaigns.QuarterPick",
    "campaigns.ReasonOff",
    "campaigns.Registration",
    "campaigns.Reminder",
    "campaigns.ReminderPlan",
    "campaigns.UnitDuty",
    "commendations.Attendance",
    "commendations.Award",
    "commendations.CouncilSession",
    "commendations.Decision",
    "commendations.Handover",
    "commendations.HandoverReversal",
    "commendations.ItemAbsence",
    "commendations.Nomination",
    "commendations.Presentation",
    "commendations.PresentationItem",
    "commendations.Proposal",
    "commendations.Recusal",
    "commendations.SessionItem",
    "communes.Commune",
    "documents.DocumentCancellation",
    "documents.Draft",
    "documents.IssuedDocument",
    "documents.NumberBook",
    "documents.NumberBookCheck",
    "documents.Picture",
    "documents.Series",
    "legal.CalendarDay",
    "legal.LocalValue",
    "notices.Mail",
    "notices.Notice",
    "portal.HonourEntry",
    "reports.CalendarLink",
    "reports.PeriodReport",
    "villages.Absence",
    "villages.Appointment",
    "villages.Charge",
    "villages.CouncilVersion",
    "villages.Discipline",
    "villages.Evaluation",
    "villages.Household",
    "villages.Initiative",
    "villages.Leave",
    "villages.PastAward",
    "villages.Pending",
    "villages.Person",
    "villages.Seat",
    "villages.Unit",
    "villages.UnitYear",
]


def key_of_model_found(key):
    """The key of the model that is found by this key, or what is wrong."""
    try:
        return model_for_subject_key(key).subject_key
    except LookupError as error:
        return str(error)


def test_a_stored_key_finds_its_model():
    assert {key: found for key in STORED if (found := key_of_model_found(key)) != key} == {}


def test_every_model_of_a_commune_declares_its_own_key():
    """With an inherited key two models would share one history."""
    rows = [model for model in apps.get_models() if issubclass(model, CommuneRow)]
    assert not [model for model in rows if "subject_key" not in vars(model)]
    assert {model.subject_key for model in rows} >= {
        key for key in STORED if key not in ("communes.Commune", "accounts.User")
    }


def test_an_unknown_key_is_an_error():
    with pytest.raises(LookupError, match=r"campaigns\.Nobody"):
        model_for_subject_key("campaigns.Nobody")
