-- The hub: records of all workstations in the order in which it took them.
-- Run as bienmau_owner in the schema bienmau, which belongs to it.

CREATE TABLE bienmau.hub (
    one       boolean     PRIMARY KEY DEFAULT true CHECK (one),
    id        uuid        NOT NULL DEFAULT gen_random_uuid(),
    office    text        NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Who may come in: login roles, each of one office.
CREATE TABLE bienmau.admission (
    role        name        PRIMARY KEY,
    name        text        NOT NULL,
    office      text        NOT NULL,
    admitted_by name        NOT NULL DEFAULT session_user,
    admitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by    name,
    ended_at    timestamptz
);

CREATE TABLE bienmau.series (
    id              uuid        PRIMARY KEY,
    name            text        NOT NULL,
    office          text        NOT NULL,
    role            name        NOT NULL,
    version         text        NOT NULL,
    held            bigint      NOT NULL DEFAULT 0,
    last_hash       bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    entered_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    clock_offset_ms bigint      NOT NULL DEFAULT 0,
    unsent          bigint      NOT NULL DEFAULT 0,
    cursor_position bigint      NOT NULL DEFAULT 0,
    lost_at         timestamptz,
    lost_by         text,
    lost_reason     text
);

-- No foreign key on series: append checks it once for a batch, not once for a record.
CREATE TABLE bienmau.record (
    position bigint   PRIMARY KEY,
    series   uuid     NOT NULL,
    idx      bigint   NOT NULL,
    id       uuid     NOT NULL,
    payload  text     NOT NULL,
    hash     bytea    NOT NULL,
    papers   bigint[] NOT NULL,
    UNIQUE (series, idx)
);

-- The last position that concerns a paper. Room is left in its pages for the next one.
CREATE TABLE bienmau.paper (
    key      bigint PRIMARY KEY,
    position bigint NOT NULL
) WITH (fillfactor = 50);

-- What is recorded stays. Whoever may not be stopped by grants, the owner, is stopped here.
CREATE FUNCTION bienmau.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'records of the hub are never changed or deleted' USING ERRCODE = 'BM007';
END $$;

CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON bienmau.record
    FOR EACH STATEMENT EXECUTE FUNCTION bienmau.refuse_change();
ALTER TABLE bienmau.record ENABLE ALWAYS TRIGGER record_stays;

CREATE FUNCTION bienmau.own_office() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT a.office FROM bienmau.admission a WHERE a.role = session_user AND a.ended_at IS NULL);

-- The office of the caller; an error when nobody let it in, or it was shut out since.
CREATE FUNCTION bienmau.admitted() RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    office text := bienmau.own_office();
BEGIN
    IF office IS NULL THEN
        RAISE EXCEPTION 'role % is not admitted', session_user USING ERRCODE = 'BM001';
    END IF;
    RETURN office;
END $$;

ALTER TABLE bienmau.series ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_office ON bienmau.series FOR SELECT
    USING (office = (SELECT bienmau.own_office()));
ALTER TABLE bienmau.record ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_office ON bienmau.record FOR SELECT
    USING (series IN (SELECT s.id FROM bienmau.series s));

-- Advisory locks 25197 are those of a paper, 25198/0 that of the order.
-- Papers share 1,024 of them, so that a batch never fills the table of locks.
CREATE FUNCTION bienmau.lock_papers(p_papers bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(25197, b.bucket)
    FROM (SELECT DISTINCT (k & 1023)::integer AS bucket FROM unnest(p_papers) k ORDER BY 1) b;
END $$;

-- Holds papers to the end of the transaction; gives the last position about any of them. The second
-- statement sees what was committed before the lock was had, as each has a snapshot of its own.
CREATE FUNCTION bienmau.hold(p_papers bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM bienmau.admitted();
    PERFORM bienmau.lock_papers(p_papers);
    RETURN coalesce((SELECT max(p.position) FROM bienmau.paper p WHERE p.key = ANY (p_papers)), 0);
END $$;

-- Holds the order itself to the end of the transaction: nobody adds anything. Gives the last position.
CREATE FUNCTION bienmau.hold_order() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(25198, 0);
    RETURN coalesce((SELECT max(r.position) FROM bienmau.record r), 0);
END $$;

-- The series if it is that of the caller and lives; else an error.
CREATE FUNCTION bienmau.own_series(p_series uuid) RETURNS bienmau.series
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_series bienmau.series;
BEGIN
    PERFORM bienmau.admitted();
    SELECT * INTO found_series FROM bienmau.series s WHERE s.id = p_series FOR UPDATE;
    IF found_series.id IS NULL THEN
        RAISE EXCEPTION 'series % is not entered at the hub', p_series USING ERRCODE = 'BM001';
    END IF;
    IF found_series.role <> session_user THEN
        RAISE EXCEPTION 'series % belongs to another role than %', p_series, session_user
            USING ERRCODE = 'BM001';
    END IF;
    IF found_series.lost_at IS NOT NULL THEN
        RAISE EXCEPTION 'series % was declared lost', p_series
            USING ERRCODE = 'BM002', DETAIL = format('series=%s', p_series);
    END IF;
    RETURN found_series;
END $$;

CREATE FUNCTION bienmau.greet(
    p_series uuid, p_name text, p_version text, p_clock_ms bigint, p_unsent bigint,
    p_cursor bigint, p_cursor_hash bytea,
    OUT hub uuid, OUT held bigint, OUT last bigint, OUT clock_offset_ms bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own text := bienmau.admitted();
BEGIN
    clock_offset_ms := round(extract(epoch FROM clock_timestamp()) * 1000)::bigint - p_clock_ms;
    INSERT INTO bienmau.series (id, name, office, role, version)
    VALUES (p_series, p_name, own, session_user, p_version) ON CONFLICT (id) DO NOTHING;
    held := (bienmau.own_series(p_series)).held;
    IF p_cursor > 0 AND NOT EXISTS (
        SELECT FROM bienmau.record r WHERE r.position = p_cursor AND r.hash = p_cursor_hash
    ) THEN
        RAISE EXCEPTION 'position % is not what it was', p_cursor
            USING ERRCODE = 'BM006', DETAIL = format('position=%s', p_cursor);
    END IF;
    UPDATE bienmau.series s
    SET name = p_name, version = p_version, seen_at = clock_timestamp(), unsent = p_unsent,
        cursor_position = p_cursor, clock_offset_ms = greet.clock_offset_ms
    WHERE s.id = p_series;
    SELECT h.id INTO hub FROM bienmau.hub h;
    last := coalesce((SELECT max(r.position) FROM bienmau.record r), 0);
END $$;

-- Adds records to the series of the caller; those held already are passed over. Gives the last
-- position. One lock is held from before the first position is given until the transaction ends, so
-- that positions become visible in their order.
CREATE FUNCTION bienmau.append(
    p_series uuid, p_indexes bigint[], p_ids uuid[], p_payloads text[], p_hashes bytea[],
    p_papers text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own     bienmau.series;
    last_at integer := cardinality(p_indexes);
    base    bigint;
    known   integer;
    bad     bigint;
BEGIN
    -- Who decides about a person meanwhile must not miss what is placed here.
    PERFORM bienmau.lock_papers(ARRAY(SELECT unnest(p::bigint[]) FROM unnest(p_papers) p));
    PERFORM pg_advisory_xact_lock(25198, 0);
    own := bienmau.own_series(p_series);

    SELECT min(u.idx) INTO bad FROM unnest(p_indexes) WITH ORDINALITY u (idx, place)
    WHERE u.idx IS DISTINCT FROM p_indexes[1] + u.place - 1;
    IF p_indexes[1] < 1 OR p_indexes[1] > own.held + 1 THEN
        bad := p_indexes[1];
    END IF;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'record % of % does not follow', bad, p_series USING ERRCODE = 'BM004',
            DETAIL = format('series=%s index=%s held=%s', p_series, bad, own.held);
    END IF;

    SELECT min(u.idx) INTO bad FROM unnest(p_indexes, p_hashes) u (idx, hash)
    JOIN bienmau.record r ON r.series = p_series AND r.idx = u.idx WHERE r.hash <> u.hash;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'another record % of % is held', bad, p_series
            USING ERRCODE = 'BM003', DETAIL = format('series=%s index=%s', p_series, bad);
    END IF;

    base := coalesce((SELECT max(r.position) FROM bienmau.record r), 0);
    known := own.held - p_indexes[1] + 1;
    IF known >= last_at THEN
        RETURN base;
    END IF;
    IF known > 0 THEN
        p_indexes := p_indexes[known + 1 :];
        p_ids := p_ids[known + 1 :];
        p_payloads := p_payloads[known + 1 :];
        p_hashes := p_hashes[known + 1 :];
        p_papers := p_papers[known + 1 :];
        last_at := last_at - known;
    END IF;

    SELECT min(n.idx) INTO bad
    FROM unnest(p_indexes, p_ids, p_payloads, p_hashes, own.last_hash || p_hashes[: last_at - 1])
        n (idx, id, payload, hash, previous)
    WHERE n.hash IS DISTINCT FROM sha256(
        n.previous || int8send(16) || uuid_send(p_series) || int8send(8) || int8send(n.idx)
        || int8send(16) || uuid_send(n.id) || int8send(octet_length(n.payload))
        || convert_to(n.payload, 'UTF8'));
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'the hash of record % of % is not that of its text', bad, p_series
            USING ERRCODE = 'BM005', DETAIL = format('series=%s index=%s', p_series, bad);
    END IF;

    INSERT INTO bienmau.record (position, series, idx, id, payload, hash, papers)
    SELECT base + u.idx - own.held, p_series, u.idx, u.id, u.payload, u.hash, u.papers::bigint[]
    FROM unnest(p_indexes, p_ids, p_payloads, p_hashes, p_papers) u (idx, id, payload, hash, papers);

    INSERT INTO bienmau.paper (key, position)
    SELECT k, max(base + u.idx - own.held)
    FROM unnest(p_indexes, p_papers) u (idx, papers), unnest(u.papers::bigint[]) k
    GROUP BY k
    ON CONFLICT (key) DO UPDATE SET position = excluded.position;

    UPDATE bienmau.series s SET held = p_indexes[last_at], last_hash = p_hashes[last_at]
    WHERE s.id = p_series;
    RETURN base + last_at;
END $$;

-- Takes nothing more from a series, and keeps by whom and why. Declared again it stays as it was.
CREATE FUNCTION bienmau.declare_lost(p_series uuid, p_by text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_held bigint;
BEGIN
    -- A batch of it that is under way is either in or refused.
    PERFORM pg_advisory_xact_lock(25198, 0);
    UPDATE bienmau.series s
    SET lost_at = coalesce(s.lost_at, clock_timestamp()), lost_by = coalesce(s.lost_by, p_by),
        lost_reason = coalesce(s.lost_reason, p_reason)
    WHERE s.id = p_series RETURNING s.held INTO found_held;
    RETURN found_held;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA bienmau FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA bienmau FROM PUBLIC;
GRANT USAGE ON SCHEMA bienmau TO bienmau_workstation, bienmau_reader;
GRANT SELECT ON bienmau.schema_version, bienmau.hub, bienmau.series, bienmau.record
    TO bienmau_workstation, bienmau_reader;
GRANT EXECUTE ON FUNCTION bienmau.own_office() TO bienmau_workstation, bienmau_reader;
GRANT EXECUTE ON FUNCTION
    bienmau.greet(uuid, text, text, bigint, bigint, bigint, bytea),
    bienmau.append(uuid, bigint[], uuid[], text[], bytea[], text[]),
    bienmau.hold(bigint[]),
    bienmau.hold_order()
    TO bienmau_workstation;
