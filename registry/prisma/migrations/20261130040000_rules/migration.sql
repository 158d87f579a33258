-- The one row that says what is live. Whoever changes anything that gateways get locks it first.
INSERT INTO "live" ("id", "documents", "contracts") VALUES (1, 0, 0);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "texts_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "texts"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "versions_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "versions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "version_subgraphs_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "version_subgraphs"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "live_times_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "live_times"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_entries_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
