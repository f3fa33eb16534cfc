-- drop_legacy_carts
BEGIN;
COMMIT;
