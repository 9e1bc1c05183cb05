REFRESH MATERIALIZED VIEW totals;
refresh materialized view app."Totals" with no data;
-- Silent: others read meanwhile.
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
