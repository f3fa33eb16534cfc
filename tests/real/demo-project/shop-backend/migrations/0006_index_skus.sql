-- index_skus
BEGIN;
COMMIT;
