"""Print what the actor tables hold, for docs/data/actors.md: python -m tools.actors.count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kutub.coder.actors import Actor, load_actors
from kutub.datafiles import DATA, read_tsv
from kutub.language import available

SECTOR_GROUPS = {
    "armed groups and movements": ("REB", "PRM", "CRM"), "parties": ("PTY",), "parliaments": ("LEG",),
    "courts and prosecutors": ("JUD",), "police": ("COP",), "intelligence services": ("SPY",),
    "ministries and other organs of government": ("GOV",), "armed forces": ("MIL",),
}  # fmt: skip
INTERNATIONAL = ("IGO", "UNO", "EUR")
MINISTERS = ("foreign minister", "foreign secretary", "secretary of state", "defence minister", "defence secretary")
HEADS = ("president", "prime minister", "king", "emir", "chancellor", "sultan", "emperor", "queen", "leader", "premier")


def counts() -> Iterator[tuple[str, int, int | None]]:
    """(what, number, number of states or None)."""
    actors = list(load_actors().values())
    organizations = [actor for actor in actors if actor.kind == "organization"]
    yield "states, territories, regions", sum(actor.kind in ("state", "region") for actor in actors), None
    yield "organisations", len(organizations), None
    yield "international and regional organisations", sum(o.country in INTERNATIONAL for o in organizations), None
    for name, sectors in SECTOR_GROUPS.items():
        found = [
            o for o in organizations if o.sectors[:1] and o.sectors[0] in sectors and o.country not in INTERNATIONAL
        ]
        yield name, len(found), len({o.country for o in found})
    persons = [actor for actor in actors if actor.kind == "person"]
    yield "persons", len(persons), len({person.country for person in persons})
    for name, titles in (("heads of state and government", HEADS), ("foreign and defence ministers", MINISTERS)):
        holders = [(p, o) for p in persons for o in p.offices if o.title in titles]
        yield f"{name}, persons", len({p.key for p, _ in holders}), len({o.country for _, o in holders})
    for code in available():
        kinds: Counter[str] = Counter()
        for row in read_tsv(DATA / "lang" / code / "names.tsv", columns=("form", "actor", "kind")):
            kinds[row["kind"].rstrip("?")] += 1
        for kind, number in sorted(kinds.items()):
            yield f"forms, {code}: {kind}", number, None


def states_without(kind: str, code: str) -> list[Actor]:
    """The states that have no form of this kind in a language."""
    rows = read_tsv(DATA / "lang" / code / "names.tsv", columns=("form", "actor", "kind"))
    named = {row["actor"] for row in rows if row["kind"].rstrip("?") == kind}
    return [
        a for a in load_actors().values() if a.kind == "state" and a.key == f"state:{a.country}" and a.key not in named
    ]


def main() -> None:
    """Print the counts, then which states lack a name, a demonym or a capital."""
    for what, number, states in counts():
        print(f"{number:>6}  {what}" + (f" ({states} states and other codes)" if states else ""))
    for code in available():
        for kind in ("name", "demonym", "capital"):
            lacking = [actor.name for actor in states_without(kind, code)]
            if kind != "demonym" or len(lacking) < len(load_actors()) / 20:
                print(f"{len(lacking):>6}  states without a {kind} in {code}: {', '.join(lacking[:20])}")


if __name__ == "__main__":
    main()
