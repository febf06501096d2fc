CREATE TABLE events (
    tenant_id uuid NOT NULL,
    event_id varchar(200) NOT NULL,
    member_id uuid NOT NULL,
    type varchar(64) NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    amount numeric(18, 4),
    product_id uuid,
    send_id uuid,
    properties jsonb,
    PRIMARY KEY (tenant_id, occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);

CREATE INDEX ix_events_member ON events (tenant_id, member_id, type, occurred_at);

-- Events of a month without a partition of its own land here until one is made.
CREATE TABLE events_default PARTITION OF events DEFAULT;

-- Makes the partitions that cover [first, last]. Called whenever events of a month without a partition are stored; a month whose
-- events are already in the default partition stays there, as moving rows would lock readers out.
CREATE FUNCTION noah_ensure_event_partitions(first timestamptz, last timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    month timestamptz := date_trunc('month', first AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    following timestamptz;
    partition text;
    made integer := 0;
BEGIN
    IF last - first > interval '50 years' THEN
        RAISE EXCEPTION 'events may span 50 years at most, not % to %', first, last;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('noah_ensure_event_partitions'));
    WHILE month <= last LOOP
        following := ((month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
        partition := 'events_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass('public.' || partition) IS NULL
            AND NOT EXISTS (SELECT FROM events_default WHERE occurred_at >= month AND occurred_at < following) THEN
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.events FOR VALUES FROM (%L) TO (%L)', partition, month, following);
            -- A partition can be addressed directly, so it needs its own policy: the parent's is not asked then.
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
            EXECUTE format(
                'CREATE POLICY tenant_isolation ON public.%I USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant())', partition);
            made := made + 1;
        END IF;
        month := following;
    END LOOP;
    RETURN made;
END $$;
