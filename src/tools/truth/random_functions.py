"""Functions, procedures, aggregates and the triggers that call them."""

from random_productions import production
from random_words import FUNCTION_NAMES, quote


def signature(g):
    """A function's parameters and whether there are OUT ones."""
    parts, outs, has_default = [], 0, False
    for i in range(g.number(0, 3)):
        name = g.maybe(0.6, f"p{i} ")
        mode = g.weighted(((80, ""), (5, "IN "), (8, "OUT "), (4, "INOUT "),
                           (3, "VARIADIC ")))
        type_text = g.type_name(0.01)
        if mode == "VARIADIC ":
            parts.append(f"VARIADIC {name}{g.pick(('int[]', 'text[]'))}")
            break
        outs += mode in ("OUT ", "INOUT ")
        default = ""
        if mode in ("", "IN ") and (has_default or g.chance(0.12)):
            has_default = True
            default = g.pick((" DEFAULT ", " = ")) + "NULL"
        parts.append(f"{mode}{name}{type_text}{default}")
    return ", ".join(parts), outs


def body(g, returns):
    """LANGUAGE and a body that the server accepts mostly."""
    volatility = g.maybe(0.35, g.pick((" IMMUTABLE", " STABLE", " VOLATILE")))
    extra = g.maybe(0.12, " SECURITY DEFINER") + g.maybe(0.1, " STRICT") + \
        g.maybe(0.06, " PARALLEL SAFE") + g.maybe(0.05, " COST 10") + \
        g.maybe(0.05, " SET search_path = public")
    return f"{volatility}{extra} LANGUAGE plpgsql AS " \
        "$$ BEGIN RETURN; END $$".replace(
            "RETURN;", {"void": "NULL;", "set": "RETURN;"}.get(
                returns, "RETURN NULL;"))


def sql_body(g):
    """What a function in SQL returns: its body is looked into, and from 14
    on can be one that depends on what it names."""
    table = g.relation("rpv", missing=0.02)
    if not table:
        return "RETURNS int LANGUAGE sql AS $$ SELECT 1 $$"
    name = g.reference(table)
    value = g.value("int").replace("$$q$$", "'q'")
    choices = [f"RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM {name} "
               "$$",
               f"RETURNS SETOF {name} LANGUAGE sql STABLE AS "
               f"$$ SELECT * FROM {name} $$",
               f"RETURNS int LANGUAGE sql AS $$ SELECT {value} $$"]
    if g.version >= 14:
        choices += [f"RETURNS int RETURN 1 + {g.value('int')}",
                    f"RETURNS bigint RETURN (SELECT count(*) FROM {name})",
                    f"RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT 1; "
                    f"SELECT count(*) FROM {name}; END"]
    return g.pick(choices)


def new_function(g):
    """A name for it: overloads are welcome."""
    prefix, _ = g.target_schema()
    return prefix + g.name(g.pick(FUNCTION_NAMES))


@production(20)
def create_function(g):
    """CREATE FUNCTION with plpgsql, whose body is not looked into, or SQL."""
    arguments, outs = signature(g)
    head = f"CREATE {g.maybe(0.4, 'OR REPLACE ')}FUNCTION "
    if g.chance(0.2) and g.state.functions:
        return replace_function(g, head)
    head += f"{new_function(g)}({arguments})"
    if outs:
        return f"{head} {body(g, 'void')}"
    if g.chance(0.08):
        return f"{head} RETURNS TABLE (a int, b text) {body(g, 'set')}"
    if g.chance(0.08):
        return f"{head} RETURNS SETOF {g.type_name()} {body(g, 'set')}"
    if g.chance(0.1):
        return f"{head} RETURNS void {body(g, 'void')}"
    if g.chance(0.12):
        return f"{head} {sql_body(g)}"
    return f"{head} RETURNS {g.type_name()} {body(g, 'value')}"


def replace_function(g, head):
    """The same again, or nearly."""
    function = g.pick(g.state.functions)
    returns = function.returns
    if function.kind == "p":
        head, returns = head.replace("FUNCTION", "PROCEDURE"), None
    if g.chance(0.15):
        returns = g.type_name()
    text = f"{head}{g.reference(function)}({function.arguments})"
    return text + (f" RETURNS {returns}" if returns else "") + \
        (" " + body(g, "value" if returns not in (None, "void") else "void"))


@production(8)
def create_trigger_function(g):
    """What triggers call."""
    return f"CREATE {g.maybe(0.5, 'OR REPLACE ')}FUNCTION " \
        f"{g.pick(('touch', 'audit_it', 'on_change'))}() RETURNS trigger " \
        "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"


@production(4)
def create_procedure(g):
    """CREATE PROCEDURE."""
    arguments, outs = signature(g)
    if outs and g.version < 14:
        arguments = ""
    return f"CREATE {g.maybe(0.3, 'OR REPLACE ')}PROCEDURE " \
        f"{new_function(g)}({arguments}) LANGUAGE plpgsql AS " \
        "$$ BEGIN NULL; END $$"


@production(1)
def create_aggregate(g):
    """An aggregate."""
    return f"CREATE AGGREGATE {g.pick(('my_sum', 'f', 'last_one'))}" \
        f"({g.pick(('int4', 'int4', 'text'))}) (sfunc = int4pl, stype = int4)"


def function_reference(g, function):
    """With or without its arguments."""
    name = g.reference(function)
    if g.chance(0.35):
        return name
    if g.chance(0.05):
        return f"{name}(int, int, int)"
    return f"{name}({function.arguments})"


def kind_of(g, function):
    """The word for DROP and ALTER."""
    if g.chance(0.15):
        return "ROUTINE"
    if g.chance(0.03):
        return g.pick(("FUNCTION", "PROCEDURE"))
    return {"p": "PROCEDURE", "a": "AGGREGATE"}.get(function.kind, "FUNCTION")


@production(5)
def alter_function(g):
    """ALTER FUNCTION but RENAME and SET SCHEMA."""
    function = g.pick(g.state.functions)
    if not function or function.kind == "a":
        return None
    return f"ALTER {kind_of(g, function)} {function_reference(g, function)} " \
        + g.pick(("IMMUTABLE", "STABLE", "VOLATILE", "SECURITY DEFINER",
                  "SECURITY INVOKER", "STRICT", "OWNER TO postgres",
                  "STABLE SECURITY DEFINER", "SET search_path = public",
                  "RESET ALL", "COST 5", "PARALLEL SAFE", "LEAKPROOF"))


@production(6)
def drop_function(g):
    """DROP FUNCTION, PROCEDURE, ROUTINE, AGGREGATE."""
    function = g.pick(g.state.functions)
    if not function:
        return None
    kind = kind_of(g, function)
    targets = [function_reference(g, function)]
    if g.chance(0.1):
        targets.append(function_reference(g, g.pick(g.state.functions)))
    if kind == "AGGREGATE":
        targets = [each if each.endswith(")") else f"{each}(*)"
                   for each in targets]
    if g.chance(0.04):
        targets = ["no_such_function"]
    return f"DROP {kind} {g.if_exists()}{', '.join(targets)}" \
        f"{g.drop_behavior()}"


@production(12)
def create_trigger(g):
    """CREATE TRIGGER on tables, partitioned ones and views."""
    table = g.relation("rrpv", missing=0.02)
    functions = [each for each in g.state.functions if each.is_trigger]
    if not table or not functions and g.chance(0.95):
        return None
    function = g.reference(g.pick(functions)) if functions else "nope"
    events = " OR ".join(g.some(("INSERT", "UPDATE", "DELETE"), 1, 2))
    when = g.pick(("BEFORE", "AFTER"))
    level = g.pick(("ROW", "ROW", "STATEMENT"))
    if table.kind == "v":
        when, level = "INSTEAD OF", "ROW"
    if g.chance(0.1) and "UPDATE" in events:
        events = events.replace("UPDATE",
                                f"UPDATE OF {quote(g.column(table))}")
    name = g.pick(("on_touch", "watch", "Trigger One", "t"))
    if g.chance(0.07) and table.kind == "r":
        return f"CREATE CONSTRAINT TRIGGER {quote(name)} AFTER {events} ON " \
            f"{g.reference(table)} DEFERRABLE INITIALLY DEFERRED FOR EACH " \
            f"ROW EXECUTE FUNCTION {function}()"
    replace = g.maybe(0.2, "OR REPLACE ") if g.version >= 14 else ""
    referencing = g.maybe(0.05, " REFERENCING NEW TABLE AS fresh") \
        if when == "AFTER" else ""
    condition = g.maybe(0.1, " WHEN (pg_trigger_depth() = 0)")
    return f"CREATE {replace}TRIGGER {quote(name)} {when} {events} ON " \
        f"{g.reference(table)}{referencing} FOR EACH {level}{condition} " \
        f"EXECUTE {g.pick(('FUNCTION', 'PROCEDURE'))} {function}()"


def of_a_table(g, member):
    """A table that has some, and one of them; (None, None) without."""
    having = [each for each in g.state.relations if getattr(each, member)]
    if not having:
        return None, None
    table = g.pick(having)
    return table, g.pick(getattr(table, member))


@production(4)
def change_trigger(g):
    """DROP TRIGGER, RENAME."""
    table, name = of_a_table(g, "triggers")
    if not table:
        return None
    if g.chance(0.5):
        return f"DROP TRIGGER {g.if_exists()}{quote(name)} ON " \
            f"{g.reference(table)}{g.drop_behavior()}"
    return f"ALTER TRIGGER {quote(name)} ON {g.reference(table)} RENAME TO " \
        f"{g.pick(('renamed', 'watch', 't'))}"
