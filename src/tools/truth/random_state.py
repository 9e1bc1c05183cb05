"""What the generator knows of the database it writes statements for.

After each statement the catalog is read anew, so that the generator need not
carry out what it writes: names, columns with types, constraints and so on are
those that the server has. Nothing here is compared with pgsquint.
"""

import json
from types import SimpleNamespace

# As one statement that leaves the session as it was, in a transaction or not.
STATE_QUERY = r"""
with spaces as (
  select oid, case when nspname like 'pg\_temp%' then 'pg_temp'
                   else nspname end as name
  from pg_namespace
  where nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and nspname not like 'pg\_toast\_temp%'
    and (nspname not like 'pg\_temp%' or oid = pg_my_temp_schema())),
brought as (
  select objid from pg_depend where deptype = 'e')
select json_build_object(
 'path', (select json_agg(s) from unnest(current_schemas(false)) s),
 'schemas', (select json_agg(name order by name) from spaces
             where name <> 'pg_temp'),
 'extensions', (select coalesce(json_agg(extname order by extname), '[]')
                from pg_extension where extname <> 'plpgsql'),
 'wrappers', (select count(*) from pg_foreign_data_wrapper),
 'servers', (select coalesce(json_agg(srvname order by srvname), '[]')
             from pg_foreign_server),
 'relations', (select coalesce(json_agg(json_build_object(
   'schema', s.name, 'name', c.relname, 'kind', c.relkind,
   'strategy', p.partstrat,
   'keys', (select json_agg(a.attname order by k.n)
            from unnest(p.partattrs::int2[]) with ordinality k(a, n)
            left join pg_attribute a on a.attrelid = c.oid
             and a.attnum = k.a and k.a > 0),
   'is_partition', c.relispartition,
   'is_default', p2.partrelid is not null,
   'parents', (select coalesce(json_agg(json_build_array(s3.name, c3.relname)),
                      '[]')
               from pg_inherits h join pg_class c3 on c3.oid = h.inhparent
               join spaces s3 on s3.oid = c3.relnamespace
               where h.inhrelid = c.oid),
   'of', c.reloftype <> 0,
   'owner', (select json_build_array(s4.name, c4.relname)
             from pg_index x join pg_class c4 on c4.oid = x.indrelid
             join spaces s4 on s4.oid = c4.relnamespace
             where x.indexrelid = c.oid),
   'unique', (select x.indisunique and x.indpred is null
                     and x.indexprs is null
              from pg_index x where x.indexrelid = c.oid),
   'columns', (select coalesce(json_agg(json_build_object(
       'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
       'not_null', a.attnotnull, 'default', a.atthasdef,
       'identity', a.attidentity, 'generated', a.attgenerated)
       order by a.attnum), '[]')
     from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
   'constraints', (select coalesce(json_agg(json_build_object(
       'name', k.conname, 'type', k.contype,
       'columns', (select json_agg(a.attname order by u.n)
           from unnest(k.conkey) with ordinality u(a, n)
           join pg_attribute a on a.attrelid = c.oid and a.attnum = u.a))
       order by k.conname), '[]')
     from pg_constraint k where k.conrelid = c.oid and k.contype <> 't'),
   'triggers', (select coalesce(json_agg(t.tgname order by t.tgname), '[]')
                from pg_trigger t where t.tgrelid = c.oid
                and not t.tgisinternal),
   'policies', (select coalesce(json_agg(y.polname order by y.polname), '[]')
                from pg_policy y where y.polrelid = c.oid),
   'rules', (select coalesce(json_agg(r.rulename order by r.rulename), '[]')
             from pg_rewrite r where r.ev_class = c.oid
             and r.rulename <> '_RETURN'))
   order by s.name, c.relname), '[]')
   from pg_class c join spaces s on s.oid = c.relnamespace
   left join pg_partitioned_table p on p.partrelid = c.oid
   left join pg_partitioned_table p2 on p2.partdefid = c.oid
   where c.relkind in ('r', 'p', 'v', 'm', 'f', 'i', 'I', 'S', 'c')
   and not exists (select from brought b where b.objid = c.oid)),
 'types', (select coalesce(json_agg(json_build_object(
   'schema', s.name, 'name', t.typname, 'kind', t.typtype,
   'base', case when t.typbasetype <> 0
           then format_type(t.typbasetype, t.typtypmod) end,
   'values', (select coalesce(json_agg(e.enumlabel order by e.enumsortorder),
                              '[]')
              from pg_enum e where e.enumtypid = t.oid),
   'attributes', (select coalesce(json_agg(a.attname order by a.attnum), '[]')
                  from pg_attribute a where a.attrelid = t.typrelid
                  and a.attnum > 0 and not a.attisdropped),
   'constraints', (select coalesce(json_agg(k.conname order by k.conname),
                                   '[]')
                   from pg_constraint k where k.contypid = t.oid))
   order by s.name, t.typname), '[]')
   from pg_type t join spaces s on s.oid = t.typnamespace
   left join pg_class c on c.oid = t.typrelid
   where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
   and not exists (select from brought b where b.objid = t.oid)),
 'functions', (select coalesce(json_agg(json_build_object(
   'schema', s.name, 'name', f.proname, 'kind', f.prokind,
   'arguments', pg_get_function_identity_arguments(f.oid),
   'count', f.pronargs,
   'returns', case when f.prokind <> 'p'
              then format_type(f.prorettype, null) end,
   'is_trigger', f.prorettype = 2279)
   order by s.name, f.proname, pg_get_function_identity_arguments(f.oid)),
   '[]')
   from pg_proc f join spaces s on s.oid = f.pronamespace
   where not exists (select from brought b where b.objid = f.oid)))
"""


class State:
    """The catalog as the generator sees it."""

    def __init__(self):
        self.path = ["public"]
        self.schemas = ["public"]
        self.extensions = []
        self.servers = []
        self.wrappers = 0
        self.relations = []
        self.types = []
        self.functions = []
        self.transaction = "I"

    def read(self, connection):
        """Takes its session's catalog; nothing, if that cannot be read."""
        self.transaction = connection.transaction
        if self.transaction == "E":
            return
        text = connection.query(STATE_QUERY)[0][0]
        for name, value in vars(json.loads(text, object_hook=_thing)).items():
            setattr(self, name, value)
        self.path = self.path or []
        self.schemas = self.schemas or []

    def of_kind(self, kinds):
        """The relations whose relkind is one of these letters."""
        return [each for each in self.relations if each.kind in kinds]

    def types_of_kind(self, kind):
        """The types of users with this typtype."""
        return [each for each in self.types if each.kind == kind]

    def indexes_of(self, table):
        """Those of one table, constraints' included."""
        owner = [table.schema, table.name]
        return [each for each in self.of_kind("iI") if each.owner == owner]

    def children_of(self, table):
        """What inherits from it directly, partitions too."""
        parent = [table.schema, table.name]
        return [each for each in self.relations if parent in each.parents]


def _thing(fields):
    return SimpleNamespace(**fields)
