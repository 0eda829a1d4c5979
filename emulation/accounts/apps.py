"""App of users and sign-in; registers its act, and how a password is asked again, when Django starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "emulation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from emulation.accounts import flow
        from emulation.accounts.queries import office_phone
        from emulation.accounts.reauthentication import FIELD, own_password_field
        from emulation.workflow.context import page_values
        from emulation.workflow.reauthentication import password_fields

        flow.register_account_flow()
        page_values.add("office_phone", office_phone)
        password_fields.add(FIELD, own_password_field)
