-- The role is made by whoever provisions the cluster; this gives it the rows and nothing of the schema.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'noah_app') THEN
        RAISE EXCEPTION 'The role noah_app is missing: create it (LOGIN, not owner, no BYPASSRLS) before migrating.';
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO noah_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO noah_app;
REVOKE ALL ON "__EFMigrationsHistory" FROM noah_app;

-- Ledgers only grow.
REVOKE UPDATE, DELETE ON audit_events, consents, suppressions FROM noah_app;
-- Tenants come and go through noah_create_tenant alone.
REVOKE INSERT, UPDATE, DELETE ON tenants FROM noah_app;
-- Send lines change state but are never deleted.
REVOKE DELETE ON sends FROM noah_app;

-- Only the application calls the functions that look across tenants.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO noah_app;
