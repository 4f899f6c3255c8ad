"""Secret links to seats: one per seat, kept beside the exercise in a file that only its owner can read."""

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from resilience.base.files import read_text, write_text
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.seats import Seat

TOKEN_BYTES = 24
"""192 bits: nobody guesses a link."""
SUFFIX = ".links"
_FORMAT = 1


class Links:
    """The links of one exercise; the file is read anew when it changed, so that a link can be withdrawn at any time."""

    def __init__(self, exercise: Path) -> None:
        self.path = exercise.with_name(f"{exercise.name}{SUFFIX}")
        self._read_at: tuple[int, int] | None = None
        self._tokens: dict[str, str] = {}

    def offer(self, seats: Iterable[Seat]) -> Mapping[str, str]:
        """See to it that each of *seats* has a link; returns the token of every seat by its key."""
        tokens = dict(self.tokens())
        missing = [seat.key for seat in seats if seat.key not in tokens]
        if missing:
            self._write({**tokens, **{key: secrets.token_urlsafe(TOKEN_BYTES) for key in missing}})
        return self.tokens()

    def renew(self, key: str | None) -> None:
        """Withdraw the link of the seat with this *key* (None: every link) and give it another one."""
        tokens = self.tokens()
        if key is not None and key not in tokens:
            known = ", ".join(tokens) or "-"
            what = _("{seat} has no link", seat=key)
            raise InputError.because(what, _("use one of: {words}", words=known), file=str(self.path))
        renewed = {name: secrets.token_urlsafe(TOKEN_BYTES) for name in tokens if key in (None, name)}
        self._write({**tokens, **renewed})

    def seat(self, token: str) -> Seat | None:
        """Return the seat that *token* opens; takes as long for a wrong one as for a right one."""
        found = None
        given = token.encode("utf-8", "replace")
        for key, known in self.tokens().items():
            if hmac.compare_digest(known.encode(), given):
                found = key
        if found is None:
            return None
        role, _slash, name = found.partition("/")
        if role == "cell":
            return Seat("cell", name)
        return Seat("observer", name) if role == "observer" else Seat("spectator")

    def tokens(self) -> Mapping[str, str]:
        """Return the token of every seat by its key."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            self._read_at, self._tokens = None, {}
            return self._tokens
        now = (stat.st_mtime_ns, stat.st_ino)
        if now != self._read_at:
            self._tokens = self._read()
            self._read_at = now
        return self._tokens

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(read_text(self.path))
            if content["format"] == _FORMAT:
                return {str(key): str(token) for key, token in content["seats"].items()}
            fault = None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            fault = error
        what = _("the links cannot be read")
        raise InputError.because(what, _("remove the file; new links are made"), file=str(self.path)) from fault

    def _write(self, tokens: Mapping[str, str]) -> None:
        text = json.dumps({"format": _FORMAT, "seats": dict(tokens)}, indent=1) + "\n"
        self.path.touch(mode=0o600)  # what is there already keeps who may read it
        write_text(self.path, text)
        self._read_at = None
