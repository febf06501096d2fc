-- What a metric means never changes.
ALTER TABLE metrics ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON metrics USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant());
GRANT SELECT, INSERT ON metrics TO noah_app;
