-- add_coupons
BEGIN;
COMMIT;
