-- Every change of a webhook: an address of another program that is told of events. The latest one says how it stands.
CREATE TABLE webhook_changes (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),             -- the number of the log entry that recorded it
    webhook_id BIGINT REFERENCES webhook_changes (id),              -- the change that made the webhook; absent: this one
    deed TEXT NOT NULL CHECK (deed IN ('register', 'enable', 'disable', 'give_up')),
    url TEXT NOT NULL CHECK (length(url) > 0),
    least_percent BIGINT NOT NULL CHECK (least_percent BETWEEN 1 AND 100), -- of expected units with which a week is complete
    active BOOLEAN NOT NULL,                                        -- whether it is told of events
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                                  -- UTC
);
CREATE TRIGGER webhook_changes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON webhook_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- What deliveries are signed with. No facts; a secret cannot be kept as a digest, for it is needed to sign.
CREATE TABLE webhook_secrets (
    webhook_id BIGINT NOT NULL PRIMARY KEY REFERENCES webhook_changes (id),
    secret TEXT NOT NULL CHECK (length(secret) > 0)                 -- base64
);
