-- create_products
BEGIN;
COMMIT;
