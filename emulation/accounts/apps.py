"""App of users and sign-in; registers its act when Django starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "emulation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from emulation.accounts import flow

        flow.register_account_flow()
