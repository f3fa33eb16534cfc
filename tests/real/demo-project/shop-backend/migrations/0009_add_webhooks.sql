-- add_webhooks
BEGIN;
COMMIT;
