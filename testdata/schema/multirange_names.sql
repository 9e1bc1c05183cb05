-- versions: 14-18
-- A range type and its multirange type need names of their own.
create type pair as range (subtype = text, multirange_type_name = pair);
create type pair as range (subtype = text, multirange_type_name = pairs);
create type pair as range (subtype = text, multirange_type_name = pair);
create type other as range (subtype = text, multirange_type_name = pair);
create schema s;
create type s.pair as range (subtype = text, multirange_type_name = pair);
create type s.pair as range (subtype = text, multirange_type_name = s.pair);
