ALTER TABLE model_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON model_versions USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());

-- What was learnt never changes; which version is in use does.
GRANT SELECT, INSERT, UPDATE (state, promoted_at) ON model_versions TO noah_app;
REVOKE UPDATE, DELETE ON model_artifacts FROM noah_app;

-- What models know becomes their first version. It takes the model's id, so that the artifacts already belong to it.
INSERT INTO model_versions (tenant_id, id, model_id, number, state, card, trained_at, promoted_at)
SELECT tenant_id, id, id, 1, 'Active', card, coalesce(trained_at, created_at), coalesce(trained_at, created_at) FROM models WHERE card IS NOT NULL;
UPDATE models SET active_version_id = id, latest_version = 1 WHERE card IS NOT NULL;
