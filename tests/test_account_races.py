"""One slip, one code, one confirmation used in two processes at the same moment: each counts once."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

BEFORE = """
import json
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from emulation.accounts.models import AccountRequest, User
from emulation.accounts.slips import make_slip
from emulation.communes.models import Commune
from villages.actions.account_requests import Subject, ask

user, commune = User.objects.get(username="thon1"), Commune.objects.get()
make_slip(user=User.objects.get(username="thon2"), commune_id=commune.pk, by=None)
secret = generate_totp_secret()
TOTP.activate(user, secret)
recovery = RecoveryCodes.activate(user).get_unused_codes()[0]
ask(
    by=User.objects.get(username="quantri"),
    commune=commune,
    subject=Subject(AccountRequest.RESET, User.objects.get(username="chutich")),
    reason="mất điện thoại",
)
print(json.dumps([secret, recovery]))
"""

# Both processes wait for the same file, then do the same things; each prints which of them got through.
AT_ONCE = """
from pathlib import Path
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from emulation.accounts.models import AccountRequest, PasswordSlip, User
from emulation.accounts.second_step import verify_code
from emulation.accounts.slips import use_slip
from emulation.core.errors import NotAllowed, RuleBroken
from villages.actions.account_requests import confirm_request

def tried(act):
    try:
        act()
        return True
    except (NotAllowed, RuleBroken):
        return False

slip = PasswordSlip.objects.select_related("user").get()
user = User.objects.get(username="thon1")
request = AccountRequest.objects.get()
by = User.objects.get(username={by!r})
acts = [
    lambda: use_slip(slip, password={by!r} + " mot cau dai", address=""),
    lambda: confirm_request(by=by, request=request),
]
print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
code = format_hotp_value(hotp_value({secret!r}, int(Path({go!r}).read_text())))
results = [tried(act) for act in acts]
results += [verify_code(user, typed, "").accepted for typed in (code, {recovery!r})]
import json
print(json.dumps(results))
"""
AFTER = """
from emulation.audit.models import AuditEntry
acts = ["accounts.set_password", "accounts.confirm_request", "accounts.recovery_code_used"]
print([AuditEntry.objects.filter(act=act).count() for act in acts])
"""


@pytest.mark.slow
def test_of_two_processes_one_gets_through(isolated_install: Any, tmp_path: Path) -> None:
    secret, recovery = json.loads(isolated_install.run(BEFORE))
    go = tmp_path / "go"
    processes = [
        isolated_install.start(AT_ONCE.format(by=by, go=str(go), secret=secret, recovery=recovery))
        for by in ("vanphong", "vanthu")
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    draft = tmp_path / "draft"
    draft.write_text(str(int(time.time()) // 30 + 1))  # the next code is accepted already, and for a minute
    draft.rename(go)
    results = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        results.append(json.loads(out))
    assert [sum(pair) for pair in zip(*results, strict=True)] == [1, 1, 1, 1]
    assert json.loads(isolated_install.run(AFTER)) == [1, 1, 1]
