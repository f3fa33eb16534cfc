-- order_audit
BEGIN;
COMMIT;
