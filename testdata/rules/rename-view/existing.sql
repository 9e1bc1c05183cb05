ALTER VIEW totals RENAME TO sums;
alter materialized view if exists app.daily rename to weekly;
CREATE TABLE orders (id bigint);
