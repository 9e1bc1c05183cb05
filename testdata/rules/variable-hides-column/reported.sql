CREATE TABLE users (id bigint PRIMARY KEY, email text, "Full Name" text);
CREATE TABLE visits (user_id bigint, day date);
CREATE FUNCTION find_user(id bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    email text;
    "Full Name" text;
BEGIN
    SELECT u.email, "Full Name" INTO email, "Full Name"
    FROM users u WHERE u.id = id;
    UPDATE users SET email = lower(email) WHERE users.id = find_user.id;
    IF EXISTS (SELECT FROM visits WHERE user_id = id) THEN
        RETURN email;
    END IF;
    RETURN (SELECT max(day) FROM visits JOIN users ON user_id = id);
END $$;
CREATE FUNCTION all_users() RETURNS TABLE (id bigint, day date)
    LANGUAGE plpgsql AS '
BEGIN
    RETURN QUERY SELECT users.id, day FROM users, visits WHERE email = ''x'';
END';
DO $$
DECLARE
    day date := now();
BEGIN
    DELETE FROM visits WHERE day < day;
END $$;
