# Writes the table of node fields from libpg_query's installed headers:
#
#   awk -f generate_fields.awk nodes.h lockoptions.h parsenodes.h primnodes.h \
#       value.h nodetags.h copyfuncs.funcs.c
#
# The structs declared in the headers say which nodes can stand in a parse
# tree; copyfuncs.funcs.c says what each of them is made of, and the headers
# again which fields are enums. The macros that the table is written in are
# defined where it is included, in fields.c.

# The values of an enum stand one or more a line, with comments.
is_enum {
    sub(/\/\*.*\*\//, "")
    if ($0 ~ /\/\*/)
        is_comment = 1
    if (is_comment) {
        if ($0 ~ /\*\//)
            is_comment = 0
        next
    }
    if ($0 ~ /^}/) {
        is_enum = 0
        next
    }
    if ($0 ~ /^#/)
        next
    count = split($0, values, ",")
    for (v = 1; v <= count; v++) {
        gsub(/[ \t{]|=.*/, "", values[v])
        if (values[v] != "")
            enum_values[enum] = enum_values[enum] " " values[v]
    }
    next
}
FILENAME ~ /\.h$/ && /^typedef enum [A-Za-z_0-9]+/ {
    enum = $3
    enums[++enum_count] = enum
    is_enum = 1
    next
}

# "typedef struct Alias", and "struct PartitionBoundSpec" where the typedef
# stands in another header.
FILENAME ~ /\.h$/ && /^typedef (struct|union) [A-Za-z_0-9]+/ {
    name = $3
    sub(/;.*/, "", name)
    is_declared[name] = 1
    struct = name
    next
}
FILENAME ~ /\.h$/ && /^struct [A-Za-z_0-9]+[ \t]*$/ {
    is_declared[$2] = 1
    struct = $2
    next
}
# "	ObjectType	removeType;"
FILENAME ~ /\.h$/ && /^\t[A-Z][A-Za-z_0-9]+[ \t]+[A-Za-z_0-9]+( .*)?;/ {
    name = $2
    sub(/;.*/, "", name)
    types_of[struct, name] = $1
    next
}
FILENAME ~ /nodetags\.h$/ && /^\tT_[A-Za-z0-9_]+ = [0-9]+,/ {
    has_tag[substr($1, 3)] = 1
    next
}

FILENAME ~ /copyfuncs\.funcs\.c$/ && /^_copy[A-Za-z0-9_]+\(const / {
    node = substr($0, 6)
    sub(/\(.*/, "", node)
    is_wanted = (node in is_declared) && (node in has_tag)
    if (is_wanted)
        nodes[++node_count] = node
    next
}
FILENAME ~ /copyfuncs\.funcs\.c$/ && is_wanted && /^\tCOPY_[A-Z_]+\(/ {
    kind = $0
    sub(/^\tCOPY_/, "", kind)
    sub(/_FIELD\(.*/, "", kind)
    field = $0
    sub(/^\tCOPY_[A-Z_]+\(/, "", field)
    sub(/[,)].*/, "", field)
    add(node, kind, field)
    next
}
# A field that is copied without one of the macros would be lost unseen.
FILENAME ~ /copyfuncs\.funcs\.c$/ && is_wanted && /^\tnewnode->/ {
    fail("cannot read this line of " node ": " $0)
}
FILENAME ~ /copyfuncs\.funcs\.c$/ && /^}/ {
    is_wanted = 0
}

function add(of, kind, name) {
    kinds[of, ++field_counts[of]] = kind
    names[of, field_counts[of]] = name
}

function write_field(of, kind, name, type) {
    type = types_of[of, name]
    if (kind == "SCALAR" && type in enum_values)
        printf "    FIELD_OF_ENUM(%s, %s, %s),\n", of, name, type
    else
        printf "    FIELD_OF_%s(%s, %s),\n", kind, of, name
}

# Whether a field of the table is of this enum.
function is_used(enum, n, i) {
    for (n = 1; n <= node_count; n++)
        for (i = 1; i <= field_counts[nodes[n]]; i++)
            if (kinds[nodes[n], i] == "SCALAR" &&
                types_of[nodes[n], names[nodes[n], i]] == enum)
                return 1
    return 0
}

function write_enum(enum, count, values, v) {
    count = split(enum_values[enum], values, " ")
    printf "static const struct field_value values_%s[] = {\n", enum
    for (v = 1; v <= count; v++)
        printf "    FIELD_VALUE_OF(%s),\n", values[v]
    print "    {NULL, 0},\n};"
}

function fail(message) {
    print "generate_fields.awk: " message | "cat >&2"
    has_failed = 1
    exit 1
}

# Writes the table of a node's fields; collects its line of the last table.
function write_node(of, i, child_count) {
    if (field_counts[of] == 0) {
        node_types = node_types "    NODE_TYPE_EMPTY(" of "),\n"
        return
    }
    printf "static const struct field fields_%s[] = {\n", of
    for (i = 1; i <= field_counts[of]; i++) {
        write_field(of, kinds[of, i], names[of, i])
        child_count += kinds[of, i] == "NODE"
    }
    print "};"
    if (child_count == 0) {
        node_types = node_types "    NODE_TYPE_LEAF(" of "),\n"
        return
    }
    printf "static const uint16_t children_%s[] = {\n", of
    for (i = 1; i <= field_counts[of]; i++) {
        if (kinds[of, i] == "NODE")
            printf "    offsetof(%s, %s),\n", of, names[of, i]
    }
    print "};"
    node_types = node_types "    NODE_TYPE(" of "),\n"
}

END {
    if (has_failed)
        exit 1
    if (node_count < 200)
        fail("only " node_count + 0 " nodes found")

    # PostgreSQL copies these by hand.
    nodes[++node_count] = "A_Const"
    add("A_Const", "VALUE", "val")
    add("A_Const", "SCALAR", "isnull")
    add("A_Const", "LOCATION", "location")
    nodes[++node_count] = "Const"
    add("Const", "SCALAR", "consttype")
    add("Const", "SCALAR", "constisnull")
    add("Const", "LOCATION", "location")

    print "/* Generated by src/tools/generate_fields.awk. */"
    for (e = 1; e <= enum_count; e++)
        if (enum_values[enums[e]] && is_used(enums[e]))
            write_enum(enums[e])
    for (n = 1; n <= node_count; n++)
        write_node(nodes[n])
    printf "const struct node_type node_types[] = {\n%s};\n", node_types
}
