"""What a form may name that the database does not have yet: a council, a network."""

from __future__ import annotations

from typing import NamedTuple


class Body(NamedTuple):
    """A council that the database does not have: its code, its kind (CISPD, CLSPD), its name, INSEE codes it covers."""

    code: str
    kind: str
    name: str
    communes: tuple[str, ...]


class NewNetwork(NamedTuple):
    """A network that the database does not have: its code, its name, INSEE codes of its regions (none: national)."""

    code: str
    name: str
    regions: tuple[str, ...]
