-- What Prisma's schema cannot say.

-- The ledger is append-only, whoever is connected.
CREATE FUNCTION "refuse_ledger_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER "ledger_is_append_only" BEFORE UPDATE OR DELETE ON "ledger"
  FOR EACH ROW EXECUTE FUNCTION "refuse_ledger_change"();
CREATE TRIGGER "ledger_is_never_emptied" BEFORE TRUNCATE ON "ledger"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"();

-- Bodies are never negative: a mistake in the rules fails the transaction instead of the count.
ALTER TABLE "event_counters" ADD CONSTRAINT "event_counters_not_negative" CHECK ("inside" >= 0 AND "admitted" >= 0);
ALTER TABLE "zone_counters" ADD CONSTRAINT "zone_counters_not_negative" CHECK ("bodies" >= 0);
ALTER TABLE "presence" ADD CONSTRAINT "presence_not_negative" CHECK ("bodies" >= 0 AND "entries" >= 0);

-- Rows that are updated with each batch: room on their page keeps those updates out of the indexes (HOT).
ALTER TABLE "event_counters" SET (fillfactor = 50);
ALTER TABLE "zone_counters" SET (fillfactor = 50);
ALTER TABLE "gate_counters" SET (fillfactor = 50);
ALTER TABLE "gate_rates" SET (fillfactor = 50);
ALTER TABLE "presence" SET (fillfactor = 80);
