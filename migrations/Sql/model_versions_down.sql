-- Models know again what their active version knows; the others are lost.
DELETE FROM model_artifacts a WHERE NOT EXISTS (SELECT FROM models m WHERE m.tenant_id = a.tenant_id AND m.active_version_id = a.model_id);
UPDATE model_artifacts a SET model_id = m.id FROM models m WHERE m.tenant_id = a.tenant_id AND m.active_version_id = a.model_id;
UPDATE models m SET card = v.card, trained_at = v.trained_at FROM model_versions v WHERE v.tenant_id = m.tenant_id AND v.id = m.active_version_id;
GRANT UPDATE, DELETE ON model_artifacts TO noah_app;
