"""Pages of the law: values.py everything in force on a day; catalogue.py the awards, and two days side by side."""
