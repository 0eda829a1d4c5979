"""App of users and sign-in; registers its act when Django starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "emulation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from emulation.accounts import flow
        from emulation.accounts.queries import office_phone
        from emulation.workflow.context import page_values

        flow.register_account_flow()
        page_values.add("office_phone", office_phone)
