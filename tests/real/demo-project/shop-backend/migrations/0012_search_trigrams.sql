-- search_trigrams
BEGIN;
COMMIT;
