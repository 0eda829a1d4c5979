"""Workbooks of lists that are too long for one request."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from emulation.core.errors import RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.models import Notification
from emulation.workflow import lists
from reports.actions import list_file as actions
from reports.models import ListFile
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases

MAKE = reverse("reports:make_list_file")


@pytest.fixture
def short_limit(monkeypatch) -> None:
    """Lists of more than two rows are long."""
    monkeypatch.setattr(lists, "MAX_ROWS", 2)


@pytest.fixture
def people_list(commune) -> str:
    return reverse("villages:unit", args=[Unit.objects.get(commune=commune, code="thon1").pk])


def request_file(browser, address: str) -> ListFile:
    browser.post(MAKE, {"address": address})
    return ListFile.objects.latest("pk")


def run_its_job(file: ListFile) -> Job:
    job = Job.objects.get(kind=actions.LIST_FILE_JOB, key=f"{file.pk}")
    run_job(job.pk)
    job.refresh_from_db()
    file.refresh_from_db()
    return job


def sheet_of(content: bytes) -> str:
    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def test_a_long_list_becomes_a_file_with_every_row(full_demo, signed_in, short_limit, people_list, monkeypatch):
    monkeypatch.setattr(actions, "PART", 2)
    browser = signed_in("vanphong")
    offered = browser.get(f"{people_list}?dang=xlsx&xep=-name")
    assert offered.status_code == 422
    address = offered.context["address"]
    assert "dang=" not in address
    page = browser.post(MAKE, {"address": address}, follow=True)
    file = ListFile.objects.get(made_at=None)
    assert "Đang lập tệp" in page.content.decode() and page.context["waits"]
    assert browser.get(reverse("reports:list_file_download", args=[file.pk])).status_code == 404
    job = run_its_job(file)
    people = Person.objects.filter(unit__code="thon1", is_active=True)
    assert (job.state, file.rows) == (Job.DONE, people.count())
    assert job.total == file.rows and job.done == file.rows - file.rows % 2
    ready = browser.get(file.get_absolute_url())
    assert "Tải tệp Excel" in ready.content.decode()
    answer = browser.get(reverse("reports:list_file_download", args=[file.pk]))
    assert sheet_of(answer.content).count("<row ") == people.count() + 3
    assert Notification.objects.filter(user__username="vanphong", link=file.get_absolute_url()).count() == 1


def test_asked_for_twice_it_is_one_file_until_it_is_made(full_demo, signed_in, people_list):
    browser = signed_in("vanphong")
    first = request_file(browser, people_list)
    assert request_file(browser, people_list).pk == first.pk
    run_its_job(first)
    assert request_file(browser, people_list).pk != first.pk


def test_nobody_else_reads_the_file(full_demo, signed_in, people_list):
    file = request_file(signed_in("vanphong"), people_list)
    run_its_job(file)
    for name in ("list_file", "list_file_state", "list_file_download"):
        assert signed_in("vanthu").get(reverse(f"reports:{name}", args=[file.pk])).status_code == 404


@pytest.mark.parametrize("address", ["", "/", "/khong-co/", "https://vi-du.vn/", reverse("reports:todo"), MAKE])
def test_another_page_is_no_list(full_demo, signed_in, address):
    before = ListFile.objects.count()
    refused = signed_in("vanphong").post(MAKE, {"address": address})
    assert refused.status_code in (302, 409) and ListFile.objects.count() == before


def test_a_list_of_others_is_refused_now_and_in_the_job(full_demo, signed_in, user, people_list):
    security_log = reverse("villages:security_log")
    with pytest.raises(RuleBroken):
        actions.request_list_file(by=user("vanphong"), commune=full_demo, address=security_log)
    file = ListFile.objects.create(commune=full_demo, user=user("vanphong"), title="x", address=security_log)
    with pytest.raises(RuleBroken):
        actions.make_list_file(file, lambda done, total: None)
    file.refresh_from_db()
    assert file.made_at is None and file.content is None


def test_the_file_has_the_rows_that_its_reader_may_see(full_demo, signed_in, people_list):
    """The head of one village asks for the people of another; the page of a unit that is not there is not found."""
    other = reverse("villages:unit", args=[Unit.objects.get(code="thon2").pk])
    browser = signed_in("thon1")
    rows = []
    for address in (people_list, other):
        file = request_file(browser, address)
        run_its_job(file)
        rows.append(file.rows)
    assert rows == [Person.objects.filter(unit__code="thon1", is_active=True).count(), 0]
    assert browser.post(MAKE, {"address": reverse("villages:unit", args=[0])}).status_code == 404


def test_a_failed_file_is_asked_for_again(full_demo, signed_in, people_list):
    browser = signed_in("vanphong")
    file = request_file(browser, people_list)
    Job.objects.filter(kind=actions.LIST_FILE_JOB, key=f"{file.pk}").update(state=Job.FAILED)
    assert "Lập lại tệp" in browser.get(file.get_absolute_url()).content.decode()
    browser.post(MAKE, {"address": people_list})
    assert run_its_job(file).state == Job.DONE and file.made_at


def test_files_are_deleted_after_a_day(full_demo, user):
    facts = {"commune": full_demo, "user": user("vanphong"), "title": "x", "address": "/"}
    old, fresh = (ListFile.objects.create(**facts) for _ in range(2))
    now = timezone.now()
    ListFile.objects.filter(pk=old.pk).update(requested_at=now - timedelta(days=1, minutes=1))
    assert actions.delete_old_list_files(now) == 1
    assert ListFile.objects.filter(pk=fresh.pk).exists() and not ListFile.objects.filter(pk=old.pk).exists()
