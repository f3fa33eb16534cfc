-- split_address
BEGIN;
COMMIT;
