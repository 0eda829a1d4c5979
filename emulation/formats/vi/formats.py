"""Dates and numbers as Vietnamese offices write them, for Django's own fields and its filters `date` and `floatformat`.

Django's built-in formats of `vi` write "Ngày 05 tháng 02 năm 2026" and know no order of input: 05/02/2026 was read as 2 May.
"""

DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i, d/m/Y"
YEAR_MONTH_FORMAT = "m/Y"
MONTH_DAY_FORMAT = "d/m"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "H:i, d/m/Y"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%H giờ %M", "%Hh", "%H giờ"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%H:%M, %d/%m/%Y"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
