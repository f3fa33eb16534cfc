-- create_orders
BEGIN;
COMMIT;
