ALTER TABLE drift_checks ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON drift_checks USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());
GRANT SELECT, INSERT ON drift_checks TO noah_app;

-- Models in use, of all tenants, whose active version has not been looked at for so long. Both times run by the host's clock.
CREATE FUNCTION noah_models_due_for_drift(at timestamptz, every interval, batch integer) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.tenant_id, m.id FROM models m JOIN model_versions v ON v.tenant_id = m.tenant_id AND v.id = m.active_version_id
    WHERE v.promoted_at <= at - every
        AND EXISTS (SELECT FROM model_artifacts a WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id AND a.name = 'profile')
        AND NOT EXISTS (SELECT FROM drift_checks c WHERE c.tenant_id = m.tenant_id AND c.model_id = m.id AND c.checked_at > at - every)
    ORDER BY v.promoted_at LIMIT batch
$$;
REVOKE EXECUTE ON FUNCTION noah_models_due_for_drift(timestamptz, interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION noah_models_due_for_drift(timestamptz, interval, integer) TO noah_app;
