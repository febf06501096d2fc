-- What must look across tenants goes through these, and through nothing else. They run as the owner of the schema, which row-level
-- security does not bind; each returns only what its caller needs to then act as one tenant.

CREATE FUNCTION noah_find_api_key(hash bytea, at timestamptz) RETURNS TABLE (tenant_id uuid, key_id uuid, scopes text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT k.tenant_id, k.id, k.scopes FROM api_keys k
    WHERE k.secret_hash = hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > at)
$$;

CREATE FUNCTION noah_create_tenant(
    tenant uuid, name text, currency text, time_zone text, holdout_share double precision, salt text,
    key_id uuid, key_hint text, key_hash bytea, scopes text[], at timestamptz, resource text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO tenants (tenant_id, name, currency, time_zone, holdout_share, salt, created_at)
    VALUES (tenant, name, currency, time_zone, holdout_share, salt, at);
    INSERT INTO api_keys (tenant_id, id, name, hint, secret_hash, scopes, created_at)
    VALUES (tenant, key_id, 'administrator', key_hint, key_hash, scopes, at);
    INSERT INTO audit_events (tenant_id, id, at, actor, action, target)
    VALUES (tenant, gen_random_uuid(), at, 'operator', 'tenants.create', resource);
$$;

-- The oldest operation that nobody works on: queued, or with a lease that ran out.
CREATE FUNCTION noah_claim_operation(lease interval)
RETURNS TABLE (tenant_id uuid, id uuid, fence bigint, kind text, target text, request jsonb, cancelling boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH next AS (
        SELECT o.tenant_id, o.id FROM operations o
        WHERE o.state IN ('Queued', 'Running', 'Cancelling') AND (o.lease_until IS NULL OR o.lease_until < now())
        ORDER BY o.created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE operations o SET
        state = CASE WHEN o.state = 'Queued' THEN 'Running' ELSE o.state END,
        started_at = coalesce(o.started_at, now()),
        lease_until = now() + lease,
        fence = o.fence + 1
    FROM next WHERE o.tenant_id = next.tenant_id AND o.id = next.id
    RETURNING o.tenant_id, o.id, o.fence, o.kind::text, o.target::text, o.request, o.state = 'Cancelling'
$$;

CREATE FUNCTION noah_claim_outbox(batch integer) RETURNS TABLE (id uuid, type text, payload text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.id, m.type::text, m.payload::text FROM outbox_messages m
    WHERE m.published_at IS NULL ORDER BY m.created_at, m.id LIMIT batch FOR UPDATE SKIP LOCKED
$$;

CREATE FUNCTION noah_mark_published(ids uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE outbox_messages SET published_at = now() WHERE id = ANY (ids) AND published_at IS NULL
$$;

CREATE FUNCTION noah_notify_outbox() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('noah_outbox', '');
    RETURN NULL;
END $$;

CREATE TRIGGER outbox_wakes AFTER INSERT ON outbox_messages FOR EACH STATEMENT EXECUTE FUNCTION noah_notify_outbox();

-- Claims sends that are due by the host's clock, of running campaigns, for one worker; those of campaigns that can't run any more,
-- too, as only a worker ends them. Leases and retry times run by the database's
-- clock, which every worker shares. The rows of a claim belong to one tenant, as its caller acts for one tenant at a time.
CREATE FUNCTION noah_claim_due_sends(at timestamptz, lease interval, batch integer) RETURNS TABLE (tenant_id uuid, id uuid, fence bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH first AS (
        SELECT s.tenant_id FROM sends s JOIN campaigns c ON c.tenant_id = s.tenant_id AND c.id = s.campaign_id
        WHERE s.state IN ('Planned', 'Deferred') AND s.due_at <= at AND (s.retry_at IS NULL OR s.retry_at <= now())
            AND (c.state IN ('Running', 'Cancelled') OR (c.state = 'Paused' AND c.ends_at <= at))
        ORDER BY s.due_at LIMIT 1),
    next AS (
        SELECT s.tenant_id, s.id FROM sends s
        JOIN first ON first.tenant_id = s.tenant_id
        JOIN campaigns c ON c.tenant_id = s.tenant_id AND c.id = s.campaign_id
        WHERE s.state IN ('Planned', 'Deferred') AND s.due_at <= at AND (s.retry_at IS NULL OR s.retry_at <= now())
            AND (c.state IN ('Running', 'Cancelled') OR (c.state = 'Paused' AND c.ends_at <= at))
        ORDER BY s.due_at LIMIT batch FOR UPDATE OF s SKIP LOCKED)
    UPDATE sends s SET
        state = 'Claimed', reason = NULL, lease_until = now() + lease, fence = s.fence + 1,
        retry_at = NULL, cleared_at = NULL, hand_over_started_at = NULL
    FROM next WHERE s.tenant_id = next.tenant_id AND s.id = next.id
    RETURNING s.tenant_id, s.id, s.fence
$$;

-- How many sends are claimed over all tenants: whoever claims stays below what workers get done within a lease.
CREATE FUNCTION noah_count_claimed_sends() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FROM sends s WHERE s.state = 'Claimed'
$$;

-- Leases that ran out: a send whose hand-over had not begun is planned again; one whose hand-over had is unknown, for good.
CREATE FUNCTION noah_release_expired_sends() RETURNS TABLE (tenant_id uuid, id uuid, state text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE sends s SET
        state = CASE WHEN s.hand_over_started_at IS NULL THEN 'Planned' ELSE 'Unknown' END,
        reason = CASE WHEN s.hand_over_started_at IS NULL THEN NULL ELSE 'workerLostDuringHandOver' END,
        lease_until = NULL
    WHERE s.state = 'Claimed' AND s.lease_until < now()
    RETURNING s.tenant_id, s.id, s.state::text
$$;
