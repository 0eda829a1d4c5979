"""App of the core: triggers and word indexes after each migration, Django's messages in our words."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models.signals import post_migrate
from django.forms import ChoiceField, Field, FileField


class CoreConfig(AppConfig):
    name = "emulation.core"
    label = "core"

    def ready(self) -> None:
        from emulation.core import append_only, word_indexes
        from emulation.core.fields import CHOICE_REQUIRED_MESSAGE, FILE_REQUIRED_MESSAGE, REQUIRED_MESSAGE

        # Django's word for a field is that for a school; a choice is made, not typed.
        Field.default_error_messages["required"] = REQUIRED_MESSAGE
        ChoiceField.default_error_messages["required"] = CHOICE_REQUIRED_MESSAGE
        FileField.default_error_messages["required"] = FILE_REQUIRED_MESSAGE
        ProhibitNullCharactersValidator.message = "Có ký tự lạ (ký tự rỗng). Hãy xóa đi rồi gõ lại."  # Django: English

        # The only signal receivers of the project: Django rebuilds SQLite tables, which silently drops their triggers;
        # a trigram index can be made once the database has its extension.
        post_migrate.connect(append_only.install_missing_triggers, dispatch_uid="append_only")
        post_migrate.connect(word_indexes.make_missing_indexes, dispatch_uid="word_indexes")
