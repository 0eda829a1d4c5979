"""What a plan of a new commune (TOML) must have before anybody can sign in."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from emulation.core.name_characters import name_character_fault
from villages.rules.typed_names import NO_MARKUP, offered, without_markup

IDENTITY_KEYS = ("name", "place_name", "issuer", "issuer_short", "superior_office", "province", "starts_on")
UNIT_KEYS = ("kind", "code", "name", "head_title")
LOGIN_KEYS = ("login", "role", "name")
FIRST_ROLES = {"office": "Văn phòng (office)", "administrator": "quản trị hệ thống (administrator)"}
LOGIN = re.compile(r"[a-z0-9][a-z0-9.]*")
CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


def commune_plan_faults(plan: Mapping[str, Any], roles: Collection[str], kinds: Collection[str]) -> list[str]:
    """Every fault of the plan as a sentence that names the place; [] for a plan that can be carried out.

    `roles`, `kinds`: the stored names of roles and of kinds of units. Councils and lists of people may be left out.
    """
    faults = (
        []
        if CODE.fullmatch(str(plan.get("code", "")))
        else ["code: mã của xã, chữ thường không dấu, số, dấu gạch nối."]
    )
    faults += _missing(plan, "identities", IDENTITY_KEYS)
    faults += _missing(plan, "units", UNIT_KEYS)
    faults += _missing(plan, "logins", LOGIN_KEYS)
    if faults:
        return faults
    return [*_wrong_values(plan, roles, kinds), *_wrong_logins(plan), *_wrong_names(plan), *_lacking_parts(plan)]


def _missing(plan: Mapping[str, Any], table: str, keys: Collection[str]) -> Iterator[str]:
    rows = plan.get(table)
    if not isinstance(rows, list) or not rows:
        yield f"[[{table}]]: cần ít nhất một."
        return
    for place, row in enumerate(rows, 1):
        lacking = [key for key in keys if not isinstance(row, Mapping) or not row.get(key)]
        if lacking:
            yield f"[[{table}]] thứ {place}: thiếu {', '.join(lacking)}."


def _wrong_values(plan: Mapping[str, Any], roles: Collection[str], kinds: Collection[str]) -> Iterator[str]:
    for row in plan["identities"]:
        if not isinstance(row["starts_on"], date):
            yield f"[[identities]] {row['name']}: starts_on là một ngày, viết 2025-07-01 không có ngoặc kép."
    for row in plan["units"]:
        if row["kind"] not in kinds:
            yield f"[[units]] {row['name']}: kind phải là một trong {', '.join(kinds)}."
    for row in plan["logins"]:
        for role in (row["role"], *row.get("also", ())):
            if role not in roles:
                yield f"[[logins]] {row['login']}: role phải là một trong {', '.join(roles)}."


def _wrong_logins(plan: Mapping[str, Any]) -> Iterator[str]:
    codes = {row["code"] for row in plan["units"]}
    names = [row["login"] for row in plan["logins"]]
    for row in plan["logins"]:
        if not LOGIN.fullmatch(str(row["login"])) or names.count(row["login"]) > 1:
            yield f"[[logins]] {row['login']}: tên đăng nhập viết thường không dấu, số, dấu chấm, mỗi tên một lần."
        if row.get("unit") and row["unit"] not in codes:
            yield f"[[logins]] {row['login']}: không có đơn vị mã {row['unit']}."


def _wrong_names(plan: Mapping[str, Any]) -> Iterator[str]:
    names = [row["name"] for row in plan["logins"]]
    names += [row[1] for row in (*plan.get("people", ()), *plan.get("households", ()))]
    for name in map(str, names):
        if (mere := without_markup(name)) != name:
            yield f"“{name}”: {NO_MARKUP}{offered(mere)}."
        elif fault := name_character_fault(name):
            yield f"“{name}”: {fault}"


def _lacking_parts(plan: Mapping[str, Any]) -> Iterator[str]:
    if "office" not in {row["kind"] for row in plan["units"]}:
        yield '[[units]]: cần một đơn vị kind = "office", phòng làm việc thi đua, khen thưởng.'
    given = set(chain.from_iterable((row["role"], *row.get("also", ())) for row in plan["logins"]))
    for role, title in FIRST_ROLES.items():
        if role not in given:
            yield f"[[logins]]: cần một người vai {title}; những người khác thêm trên màn hình."
