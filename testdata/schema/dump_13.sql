-- A dump of pg_dump 15 from a server of version 13, as it is.
--
-- PostgreSQL database dump
--

\restrict aB3dE5gH7

-- Dumped from database version 13.23
-- Dumped by pg_dump version 15.18

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: postgres
--

-- *not* creating schema, since initdb creates it


ALTER SCHEMA public OWNER TO postgres;

--
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;


--
-- Name: EXTENSION pgcrypto; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';


--
-- Name: email; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.email AS text NOT NULL
	CONSTRAINT email_check CHECK ((VALUE ~ '@'::text));


ALTER DOMAIN app.email OWNER TO postgres;

--
-- Name: floats; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.floats AS RANGE (
    subtype = double precision,
    subtype_diff = float8mi
);


ALTER TYPE app.floats OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.mood AS ENUM (
    'sad',
    'it''s ok',
    'happy'
);


ALTER TYPE app.mood OWNER TO postgres;

--
-- Name: point3; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.point3 AS (
	x double precision,
	y double precision,
	z numeric(6,2)
);


ALTER TYPE app.point3 OWNER TO postgres;

--
-- Name: full_name(text, text); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.full_name(first text, last text DEFAULT ''::text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$ SELECT $1 || ' ' || $2 $_$;


ALTER FUNCTION app.full_name(first text, last text) OWNER TO postgres;

--
-- Name: noop(integer); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.noop(INOUT a integer)
    LANGUAGE plpgsql
    AS $$ BEGIN END $$;


ALTER PROCEDURE app.noop(INOUT a integer) OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now(); -- DROP TABLE app.customers;
    RETURN NEW;
END;
$$;


ALTER FUNCTION app.touch() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Orders; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app."Orders" (
    id integer NOT NULL,
    customer_id bigint NOT NULL,
    total numeric(10,2) DEFAULT 0,
    during tstzrange,
    CONSTRAINT "Orders_total_check" CHECK ((total >= (0)::numeric))
);


ALTER TABLE app."Orders" OWNER TO postgres;

--
-- Name: Orders_id_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

CREATE SEQUENCE app."Orders_id_seq"
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE app."Orders_id_seq" OWNER TO postgres;

--
-- Name: Orders_id_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: postgres
--

ALTER SEQUENCE app."Orders_id_seq" OWNED BY app."Orders".id;


--
-- Name: base; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.base (
    a integer,
    b text,
    CONSTRAINT base_a_check CHECK ((a > 0))
);


ALTER TABLE app.base OWNER TO postgres;

--
-- Name: cache; Type: TABLE; Schema: app; Owner: postgres
--

CREATE UNLOGGED TABLE app.cache (
    k text NOT NULL,
    v bytea
);


ALTER TABLE app.cache OWNER TO postgres;

--
-- Name: customer_totals; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.customer_totals AS
SELECT
    NULL::bigint AS id,
    NULL::app.email AS email,
    NULL::text AS first,
    NULL::text AS last,
    NULL::app.mood AS mood,
    NULL::text AS full_name,
    NULL::timestamp with time zone AS updated_at,
    NULL::numeric AS total;


ALTER TABLE app.customer_totals OWNER TO postgres;

--
-- Name: customers; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.customers (
    id bigint NOT NULL,
    email app.email,
    first text NOT NULL,
    last text,
    mood app.mood DEFAULT 'happy'::app.mood,
    full_name text GENERATED ALWAYS AS (app.full_name(first, last)) STORED,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT long_name CHECK ((length(first) < 100))
);


ALTER TABLE app.customers OWNER TO postgres;

--
-- Name: TABLE customers; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TABLE app.customers IS 'it''s; a comment';


--
-- Name: COLUMN customers.email; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.customers.email IS 'two
lines';


--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

ALTER TABLE app.customers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME app.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: derived; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.derived (
    c date
)
INHERITS (app.base);


ALTER TABLE app.derived OWNER TO postgres;

--
-- Name: events; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    payload jsonb
)
PARTITION BY RANGE (at);


ALTER TABLE app.events OWNER TO postgres;

--
-- Name: events_2024; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_2024 (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    payload jsonb
);


ALTER TABLE app.events_2024 OWNER TO postgres;

--
-- Name: events_default; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_default (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    payload jsonb
);


ALTER TABLE app.events_default OWNER TO postgres;

--
-- Name: numbers; Type: SEQUENCE; Schema: app; Owner: postgres
--

CREATE SEQUENCE app.numbers
    AS smallint
    START WITH 1
    INCREMENT BY 5
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
    CYCLE;


ALTER TABLE app.numbers OWNER TO postgres;

--
-- Name: totals; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.totals AS
 SELECT customer_totals.id,
    customer_totals.total
   FROM app.customer_totals
  WITH NO DATA;


ALTER TABLE app.totals OWNER TO postgres;

--
-- Name: events_2024; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2024 FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');


--
-- Name: events_default; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_default DEFAULT;


--
-- Name: Orders id; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app."Orders" ALTER COLUMN id SET DEFAULT nextval('app."Orders_id_seq"'::regclass);


--
-- Name: Orders Orders_during_excl; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app."Orders"
    ADD CONSTRAINT "Orders_during_excl" EXCLUDE USING gist (during WITH &&) WHERE ((total > (0)::numeric));


--
-- Name: Orders Orders_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app."Orders"
    ADD CONSTRAINT "Orders_pkey" PRIMARY KEY (id);


--
-- Name: cache cache_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (k);


--
-- Name: customers customers_email_key; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_email_key UNIQUE (email);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);


--
-- Name: events_2024 events_2024_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_2024
    ADD CONSTRAINT events_2024_pkey PRIMARY KEY (id, at);


--
-- Name: events_default events_default_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_default
    ADD CONSTRAINT events_default_pkey PRIMARY KEY (id, at);


--
-- Name: customers_lower_expr_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX customers_lower_expr_idx ON app.customers USING btree (lower(first), ((last || first)));


--
-- Name: events_payload; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_payload ON ONLY app.events USING gin (payload);


--
-- Name: events_2024_payload_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_2024_payload_idx ON app.events_2024 USING gin (payload);


--
-- Name: events_default_payload_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_default_payload_idx ON app.events_default USING gin (payload);


--
-- Name: orders_customer; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX orders_customer ON app."Orders" USING btree (customer_id, total DESC NULLS LAST) WHERE (total > (10)::numeric);


--
-- Name: totals_id_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX totals_id_idx ON app.totals USING btree (id);


--
-- Name: events_2024_payload_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_payload ATTACH PARTITION app.events_2024_payload_idx;


--
-- Name: events_2024_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_2024_pkey;


--
-- Name: events_default_payload_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_payload ATTACH PARTITION app.events_default_payload_idx;


--
-- Name: events_default_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_default_pkey;


--
-- Name: stats; Type: STATISTICS; Schema: app; Owner: postgres
--

CREATE STATISTICS app.stats ON first, last FROM app.customers;


ALTER STATISTICS app.stats OWNER TO postgres;

--
-- Name: customer_totals _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.customer_totals AS
 SELECT c.id,
    c.email,
    c.first,
    c.last,
    c.mood,
    c.full_name,
    c.updated_at,
    sum(o.total) AS total
   FROM (app.customers c
     LEFT JOIN app."Orders" o ON ((o.customer_id = c.id)))
  GROUP BY c.id;


--
-- Name: cache no_delete; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE no_delete AS
    ON DELETE TO app.cache DO INSTEAD NOTHING;


--
-- Name: Orders off; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER off AFTER INSERT ON app."Orders" FOR EACH STATEMENT EXECUTE FUNCTION app.touch();

ALTER TABLE app."Orders" DISABLE TRIGGER off;


--
-- Name: customers touch; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER touch BEFORE UPDATE ON app.customers FOR EACH ROW EXECUTE FUNCTION app.touch();


--
-- Name: Orders Orders_customer_id_fkey; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app."Orders"
    ADD CONSTRAINT "Orders_customer_id_fkey" FOREIGN KEY (customer_id) REFERENCES app.customers(id) ON DELETE CASCADE;


--
-- Name: customers; Type: ROW SECURITY; Schema: app; Owner: postgres
--

ALTER TABLE app.customers ENABLE ROW LEVEL SECURITY;

--
-- Name: customers mine; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY mine ON app.customers AS RESTRICTIVE FOR SELECT USING ((id = 1));


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: postgres
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict aB3dE5gH7

