ALTER TABLE lifetime_values ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lifetime_values USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());
GRANT SELECT, INSERT, UPDATE ON lifetime_values TO noah_app;

-- What was learnt never changes.
ALTER TABLE lifetime_value_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lifetime_value_versions USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());
GRANT SELECT, INSERT ON lifetime_value_versions TO noah_app;

-- Each valuing puts its scores in the place of those before.
ALTER TABLE lifetime_value_scores ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lifetime_value_scores USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());
GRANT SELECT, INSERT, DELETE ON lifetime_value_scores TO noah_app;
