"""Two schemas in the shape of `pgsquint schema --format json`, object by
object: the server's and ours."""

from dataclasses import dataclass
import json

# What each kind of object at the top is called by, and what it holds.
_TOP = {"extensions": ("extension", ("name",)),
        "types": ("type", ("schema", "name")),
        "sequences": ("sequence", ("schema", "name")),
        "functions": ("function", ("schema", "name", "arguments")),
        "tables": ("relation", ("schema", "name"))}
_PARTS = {"columns": "column", "constraints": "constraint",
          "not_null": "not-null constraint", "indexes": "index",
          "triggers": "trigger", "policies": "policy"}


@dataclass(frozen=True)
class Difference:
    """One field of one object, or an object that one side lacks (field is
    then None, and the lacking side's value too)."""
    kind: str
    name: str
    field: str
    server: object
    ours: object

    def __str__(self):
        if self.field is None:
            side = "not on the server" if self.server is None else "not in ours"
            return f"{self.kind} {self.name}: {side}"
        return (f"{self.kind} {self.name}: {self.field}: "
                f"server {_show(self.server)}, ours {_show(self.ours)}")


def objects_of(schema):
    """Every object of a schema, flat: {(kind, name): {field: value}}."""
    objects = {("schema", name): {} for name in schema["schemas"]}
    for group, (kind, key) in _TOP.items():
        for item in schema[group]:
            parts = _PARTS if group == "tables" else ()
            name = _name(item, key)
            objects[kind, name] = {field: value
                                   for field, value in item.items()
                                   if field not in parts}
            for part in parts:
                _add_parts(objects, name, part, item[part])
    return objects


def compare(server, ours):
    """The differences of two schemas, in order of kind and name."""
    theirs, mine = objects_of(server), objects_of(ours)
    differences = []
    for key in sorted(theirs.keys() | mine.keys()):
        if key not in mine or key not in theirs:
            differences.append(Difference(*key, None, theirs.get(key),
                                          mine.get(key)))
            continue
        left, right = theirs[key], mine[key]
        differences += [Difference(*key, field, left.get(field),
                                   right.get(field))
                        for field in sorted(left.keys() | right.keys())
                        if _differ(left, right, field)]
    return differences


def _add_parts(objects, table, group, parts):
    for position, part in enumerate(parts, 1):
        fields = dict(part)
        if group == "columns":
            fields["position"] = position
        objects[_PARTS[group], f"{table}.{part['name']}"] = fields


def _name(item, key):
    name = ".".join(item[part] for part in key if part != "arguments")
    return f"{name}({item['arguments']})" if "arguments" in key else name


_ABSENT = object()


def _differ(left, right, field):
    return left.get(field, _ABSENT) != right.get(field, _ABSENT)


def _show(value):
    return json.dumps(value, ensure_ascii=False)
