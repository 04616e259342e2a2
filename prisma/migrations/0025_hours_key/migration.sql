-- Issues of a round share calendar and policy. Which do is asked whenever mail is due, for every issue of the day: kept beside
-- the terms, it is read without them.
ALTER TABLE "Issue" ADD COLUMN "hoursKey" bigint
  GENERATED ALWAYS AS (jsonb_hash_extended(terms->'policy', jsonb_hash_extended(terms->'calendar', 0))) STORED;
