-- add_currency
BEGIN;
COMMIT;
