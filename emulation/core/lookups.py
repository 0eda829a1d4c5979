"""Search for the beginnings of words in folded text: "an" finds An and Anh, not Lan."""

from typing import Any

from django.db.models import CharField, Lookup, Q

from emulation.core.text import fold


@CharField.register_lookup
class Word(Lookup):  # type: ignore[type-arg]  # Django's class has no type argument at run time
    """`name_fold__word="an"`: whether a word of the folded text begins so.

    With a space before the text, as the trigram indexes of people and households have it on PostgreSQL.
    """

    lookup_name = "word"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        beginning = connection.ops.prep_for_like_query(self.rhs)
        return rf"(' ' || {left}) LIKE %s ESCAPE '\'", (*params, f"% {beginning}%")


def has_words(field: str, words: str) -> Q:
    """Rows whose folded `field` has, for each of the words, one that begins so; with or without diacritics.

    For columns without a trigram index: PostgreSQL estimates these conditions by the values of the column, but not
    those of `__word`.
    """
    found = Q()
    for word in fold(words).split():
        found &= Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
    return found
