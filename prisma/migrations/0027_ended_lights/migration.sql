-- What was withdrawn or merged is no longer anybody's: it stood among the green.
UPDATE "Issue" SET "lightIdle" = 'none' WHERE phase IN ('withdrawn', 'merged') AND "lightIdle" = 'green';
