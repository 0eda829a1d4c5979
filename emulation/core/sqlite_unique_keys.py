"""SQL conditions that the key of a new row is taken, for every unique key of a SQLite table (used by append_only)."""

import re
from itertools import groupby
from typing import Any

_ROWID, _EXPRESSION = -1, -2
"""The column number in PRAGMA index_xinfo for an index term that is not a column."""

# The unique indexes of a table with their columns, without those that an index only carries along; `sql` is NULL for
# the index of a constraint inside CREATE TABLE.
_SQLITE_UNIQUE_INDEXES = """
    SELECT list.name, master.sql, part.seqno, part.cid, part.name, part.coll
    FROM pragma_index_list(%s) AS list
    JOIN pragma_index_xinfo(list.name) AS part
    LEFT JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
    WHERE list."unique" AND part.key
    ORDER BY list.name, part.seqno
"""


def taken_conditions(cursor: Any, table: str) -> list[str]:
    """For the rowid and each unique index of the table: the SQL condition that a row with the key of NEW exists.

    Read from the database and not from the models: REPLACE works on the real indexes. A key with NULL equals no other.
    """
    cursor.execute(f'PRAGMA table_info("{table}")')
    columns = [row[1] for row in cursor.fetchall()]
    cursor.execute(_SQLITE_UNIQUE_INDEXES, [table])
    rows = cursor.fetchall()
    # an INTEGER PRIMARY KEY is the rowid; NEW.rowid is -1 as long as the database has not chosen one
    conditions = [_exists(f'"{table}"', ["rowid = NEW.rowid"])]
    for (_, sql), key_parts in groupby(rows, key=lambda row: row[:2]):
        conditions.append(_index_key_taken(table, sql, [row[2:] for row in key_parts], columns))
    return conditions


def _index_key_taken(table: str, sql: str | None, key_parts: list[Any], columns: list[str]) -> str:
    """The SQL condition that a row of the table has the same key in a unique index as NEW.

    `sql` is the CREATE INDEX statement, None for the index of a constraint inside CREATE TABLE.
    """
    terms, where = _index_definition(sql) if sql else ([], "")
    matches = [where] if where else []
    for place, number, column, collation in key_parts:
        if number == _ROWID:
            matches.append("rowid = NEW.rowid")
        elif number == _EXPRESSION:
            new = f"(SELECT {terms[place]} FROM {_new_row(columns, terms[place])})"  # noqa: S608 (from the schema)
            matches.append(f"({terms[place]}) COLLATE {collation} = {new}")
        else:
            matches.append(f'"{column}" COLLATE {collation} = NEW."{column}"')
    applies = f" AND {_exists(_new_row(columns, where), [where])}" if where else ""
    return _exists(f'"{table}"', matches) + applies


def _exists(source: str, conditions: list[str]) -> str:
    return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join(conditions)})"  # noqa: S608 (names from the schema)


def _new_row(columns: list[str], expression: str) -> str:
    """A subquery of one row with the columns of NEW that the expression uses, so that it can be copied unchanged.

    Only those columns: SQLite refuses to drop a column that a trigger names.
    """
    named = [column for column in columns if re.search(rf"\b{re.escape(column)}\b", expression, re.IGNORECASE)]
    selected = ", ".join(f'NEW."{column}" AS "{column}"' for column in named)
    return f"(SELECT {selected or 1})"


def _index_definition(sql: str) -> tuple[list[str], str]:
    """The indexed terms (columns or expressions) and the WHERE condition ("" if none) of a CREATE UNIQUE INDEX."""
    # strings and quoted names first, so that brackets and commas inside them are not separators
    tokens = re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[(),]|[^'\"(),]+", sql)
    depth = 0
    closed = False
    terms = [""]
    rest = ""
    for token in tokens:
        if closed:
            rest += token
            continue
        depth += (token == "(") - (token == ")")
        if depth == 0:
            closed = token == ")"
        elif depth == 1 and token == ",":
            terms.append("")
        elif depth > 1 or token != "(":
            terms[-1] += token
    found = re.match(r"\s*WHERE\s+(.*)", rest, re.IGNORECASE | re.DOTALL)
    return [_without_order(term) for term in terms], found[1].strip() if found else ""


def _without_order(term: str) -> str:
    return re.sub(r"\s+(ASC|DESC)\s*$", "", term.strip(), flags=re.IGNORECASE)
