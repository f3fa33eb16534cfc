-- add_stock
BEGIN;
COMMIT;
