"""Form of the award book: year and day of the law."""

from django import forms

from commendations.forms.eligibility import FIRST_LAW_YEAR, LAST_LAW_YEAR, WhatIfForm


class AwardBookForm(WhatIfForm):
    """The award book: the year for which somebody is judged (this year when left empty, whatever the day), and the day."""

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
