-- What Prisma's schema cannot say: a rule, and a function with semicolons in its body.
ALTER TABLE "visit" ADD CONSTRAINT "visit_sequence_positive" CHECK ("sequence" > 0);

CREATE FUNCTION "next_sequence"(person TEXT) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
  last BIGINT;
BEGIN
  SELECT coalesce(max("sequence"), 0) INTO last FROM "visit" WHERE "person_id" = person;
  RETURN last + 1;
END;
$$;
