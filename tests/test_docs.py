"""The generated pages of docs/ say what the code says."""

from pathlib import Path

import pytest
from django.conf import settings

from reports.management.commands.write_docs import GENERATED_FILES


@pytest.mark.parametrize("name", GENERATED_FILES)
def test_docs_are_fresh(name):
    written = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    assert written == GENERATED_FILES[name](), "run manage.py write_docs"
