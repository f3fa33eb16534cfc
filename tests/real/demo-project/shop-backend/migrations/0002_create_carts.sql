-- create_carts
BEGIN;
COMMIT;
