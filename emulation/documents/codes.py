"""Public verification codes of papers: 85 random bits in Crockford's base 32 and a check letter, to detect typing errors."""

import secrets

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 17
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})


def new_code() -> str:
    """A new random code: 18 characters, without hyphens."""
    body = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return body + _check(body)


def printed_code(code: str) -> str:
    """The code as it is printed: K7QF-2MXA-9TRB-WZ4D-E1."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def parse_code(typed: str) -> str | None:
    """The code from what somebody typed, with look-alike letters corrected; None if it is not a valid code."""
    code = typed.upper().translate(_SAME)[: CODE_LENGTH + 2]
    if len(code) != CODE_LENGTH + 1 or set(code) - set(CODE_ALPHABET) or _check(code[:-1]) != code[-1]:
        return None
    return code


def _check(body: str) -> str:
    # Odd weights are invertible modulo 32, so one wrong character is always detected, swapped neighbours nearly always.
    return CODE_ALPHABET[sum((2 * place + 1) * CODE_ALPHABET.index(ch) for place, ch in enumerate(body)) % 32]
