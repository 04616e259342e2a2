-- DropIndex
DROP INDEX "OutboxRow_clockId_state_earliestAt_idx";

-- A hundred thousand lines fall due at one instant, and asking for each whether its row and its mail are there took a quarter of
-- what the ledger has to do. Both are: the claim that writes a delivery holds its row locked and writes its mail, the ledger
-- deletes no row, and a mail only with its deliveries. `verify` looks for a delivery without either.
ALTER TABLE "Delivery" DROP CONSTRAINT "Delivery_rowKey_fkey";
ALTER TABLE "Delivery" DROP CONSTRAINT "Delivery_mailId_fkey";
