-- Trainings before there were versions took over each time: the one in use is active, those before it are retired.
UPDATE lifetime_value_versions v SET number = n.number, promoted_at = v.trained_at
FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id, lifetime_value_id ORDER BY trained_at, id) AS number FROM lifetime_value_versions) n
WHERE n.tenant_id = v.tenant_id AND n.id = v.id;
UPDATE lifetime_value_versions v SET state = 'Active' FROM lifetime_values l WHERE l.tenant_id = v.tenant_id AND l.version_id = v.id;
UPDATE lifetime_values l SET latest_version = (
    SELECT coalesce(max(v.number), 0) FROM lifetime_value_versions v WHERE v.tenant_id = l.tenant_id AND v.lifetime_value_id = l.id);

-- What was learnt never changes; which version is in use does.
GRANT UPDATE (state, promoted_at) ON lifetime_value_versions TO noah_app;

-- Models, of all tenants, that ask to be refreshed and were neither trained nor tried within their interval, by the host's clock.
CREATE FUNCTION noah_models_due_for_refresh(at timestamptz, batch integer) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.tenant_id, m.id FROM models m JOIN model_versions v ON v.tenant_id = m.tenant_id AND v.id = m.active_version_id
    WHERE m.refresh_every_days IS NOT NULL AND greatest(v.trained_at, m.refresh_tried_at) <= at - make_interval(days => m.refresh_every_days)
    ORDER BY m.refresh_tried_at NULLS FIRST, m.id LIMIT batch
$$;
REVOKE EXECUTE ON FUNCTION noah_models_due_for_refresh(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION noah_models_due_for_refresh(timestamptz, integer) TO noah_app;
