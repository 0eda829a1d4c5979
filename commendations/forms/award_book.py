"""Form of the award book: which year, by the law of which day."""

from django import forms

from commendations.forms.eligibility import FIRST_LAW_YEAR, LAST_LAW_YEAR, WhatIfForm


class AwardBookForm(WhatIfForm):
    """The year to judge (empty: this year, whatever the day) and the day of the law."""

    nam = forms.IntegerField(
        label="Năm xét",
        required=False,
        min_value=FIRST_LAW_YEAR,
        max_value=LAST_LAW_YEAR,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Hãy ghi năm bằng bốn chữ số.",
            "min_value": f"Năm xét từ {FIRST_LAW_YEAR}.",
            "max_value": f"Năm xét đến {LAST_LAW_YEAR}.",
        },
    )
