-- AlterTable
ALTER TABLE "Issue" ADD COLUMN     "measureCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "IssueWords" (
    "issueId" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "IssueWords_pkey" PRIMARY KEY ("issueId")
);

-- AddForeignKey
ALTER TABLE "IssueWords" ADD CONSTRAINT "IssueWords_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Terms, progress and texts are kept apart from the rest of a row, so that what counts and filters reads little.
ALTER TABLE "Issue" SET (toast_tuple_target = 256);

CREATE FUNCTION count_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Issue" i SET "measureCount" = i."measureCount" + TG_ARGV[0]::int * c.count
  FROM (SELECT "issueId", count(*) FROM changed GROUP BY "issueId") c WHERE i.id = c."issueId";
  RETURN NULL;
END
$$;
CREATE TRIGGER measures_added AFTER INSERT ON "Measure" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_measures('1');
CREATE TRIGGER measures_removed AFTER DELETE ON "Measure" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_measures('-1');
UPDATE "Issue" i SET "measureCount" = (SELECT count(*) FROM "Measure" m WHERE m."issueId" = i.id);

-- Chinese words are two characters as a rule, for which trigrams (pg_trgm) cannot use their index; and an extension asks for a
-- right that a hosted database may not give. So the pairs of neighbouring characters are indexed as an array. The cost keeps
-- the planner from working them out row by row where the index has them.
CREATE FUNCTION bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100000 AS $$
  SELECT coalesce(array_agg(DISTINCT one || two), '{}')
  FROM (SELECT string_to_array(lower(words), NULL) AS character) AS split,
    unnest(character, character[2:]) AS pair(one, two)
  WHERE one !~ '\s' AND two !~ '\s'
$$;

CREATE FUNCTION write_issue_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "IssueWords" ("issueId", words)
  VALUES (NEW.id, lower(concat_ws(E'\n', NEW.code, NEW.title, NEW.unit, NEW.text)))
  ON CONFLICT ("issueId") DO UPDATE SET words = EXCLUDED.words WHERE "IssueWords".words <> EXCLUDED.words;
  RETURN NULL;
END
$$;
CREATE TRIGGER issue_words AFTER INSERT OR UPDATE OF code, title, unit, text ON "Issue"
  FOR EACH ROW EXECUTE FUNCTION write_issue_words();
INSERT INTO "IssueWords" ("issueId", words)
  SELECT id, lower(concat_ws(E'\n', code, title, unit, text)) FROM "Issue";

CREATE INDEX "IssueWords_bigrams_idx" ON "IssueWords" USING gin (bigrams(words));
CREATE INDEX "Measure_own_unit_idx" ON "Measure" ("issueId") WHERE unit <> '';
