-- A line that is claimed goes on waiting until it has arrived. So the index of what waits asks for that alone: to claim a line
-- changes nothing that any index holds, and its new version goes into the room that its page keeps (HOT).
DROP INDEX "OutboxRow_waiting";
ALTER TABLE "OutboxRow" ADD COLUMN waits boolean NOT NULL GENERATED ALWAYS AS (state IN ('planned', 'claimed')) STORED;
CREATE INDEX "OutboxRow_waiting" ON "OutboxRow" ("clockId", "earliestAt") WHERE waits;
ALTER TABLE "OutboxRow" SET (fillfactor = 50);
