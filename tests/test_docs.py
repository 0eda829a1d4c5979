"""The generated pages of docs/ are up to date."""

from pathlib import Path

import pytest
from django.conf import settings

from reports.management.commands.write_docs import GENERATED_FILES


@pytest.mark.parametrize("name", GENERATED_FILES)
def test_generated_docs_are_up_to_date(name):
    written = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    assert written == GENERATED_FILES[name](), "run manage.py write_docs"
