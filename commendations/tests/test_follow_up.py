"""Follow-ups of an exemplar include its nomination with the state."""

import pytest

from campaigns.exemplars.queries.follow_up import follow_ups_of, without_follow_up
from campaigns.models import Exemplar
from commendations.actions import nomination as actions
from commendations.actions.live_case import SameCaseExists
from commendations.models import Nomination
from commendations.tests.test_nomination import exemplar  # noqa: F401


def test_nomination_is_listed_until_it_is_withdrawn(exemplar, office, user):  # noqa: F811
    case = actions.nominate_exemplar(by=office, exemplar=exemplar)
    exemplar.refresh_from_db()
    for login in ("vanphong", "thon1"):
        found = follow_ups_of(user(login), [exemplar])[exemplar.pk]
        assert [(one.word, one.url) for one in found] == [("Khen thưởng: đang soạn", case.get_absolute_url())]
    assert follow_ups_of(user("hoidong2"), [exemplar]) == {}
    assert not without_follow_up(Exemplar.objects.all()).exists()
    actions.withdraw_nomination(by=office, nomination=case, reason="Chờ thêm xác nhận")
    assert follow_ups_of(office, [exemplar]) == {}
    assert list(without_follow_up(Exemplar.objects.all())) == [exemplar]


def test_no_nomination_of_an_exemplar_whose_deed_has_a_case(exemplar, office):  # noqa: F811
    first = actions.nominate_exemplar(by=office, exemplar=exemplar)
    Nomination.objects.filter(pk=first.pk).update(exemplar=None)
    exemplar.refresh_from_db()
    type(exemplar).objects.filter(pk=exemplar.pk).update(state="accepted")
    with pytest.raises(SameCaseExists):
        actions.nominate_exemplar(by=office, exemplar=exemplar)
    exemplar.refresh_from_db()
    assert (exemplar.state, Nomination.objects.count()) == ("accepted", 1)
