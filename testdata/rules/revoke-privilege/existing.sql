REVOKE SELECT, insert ON orders FROM app, report;
REVOKE ALL ON ALL TABLES IN SCHEMA public, "App" FROM report;
REVOKE EXECUTE ON FUNCTION tax(numeric) FROM PUBLIC;
revoke update (total) on table only_this from app cascade;
REVOKE admin, owner FROM anna;
REVOKE USAGE ON SCHEMA app FROM CURRENT_USER;
REVOKE GRANT OPTION FOR SELECT ON orders FROM app;
-- Given back to another role.
REVOKE ALL ON lines FROM app;
GRANT SELECT ON lines TO report;
