-- The tenant of the connection, set by the application at each open; unset means none, and none sees nothing.
CREATE FUNCTION noah_tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT nullif(current_setting('noah.tenant_id', true), '')::uuid
$$;

-- Every table with a tenant_id is shut to other tenants. The application's role owns nothing and has no BYPASSRLS.
DO $$
DECLARE
    relation text;
BEGIN
    FOR relation IN
        SELECT c.table_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', relation);
        EXECUTE format(
            'CREATE POLICY tenant_isolation ON %I USING (tenant_id = noah_tenant()) WITH CHECK (tenant_id = noah_tenant())', relation);
    END LOOP;
END $$;
