-- Messages to be delivered, made in the transaction of what caused them, and how far their delivery is. No facts: the state changes.
CREATE TABLE outbox (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) > 0),          -- made of the event and the recipient: no event is queued twice
    cause_id BIGINT REFERENCES log (id),                            -- the entry of the event; absent: a test
    contact_id BIGINT REFERENCES contact_changes (id),              -- to whom: a mail to a contact ...
    webhook_id BIGINT REFERENCES webhook_changes (id),              -- ... or a request to a webhook
    content TEXT NOT NULL,                                          -- JSON: the body of a request, or what the mail carries
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts BIGINT NOT NULL CHECK (attempts >= 0),                 -- begun since it was queued
    queued_at TIMESTAMP NOT NULL,                                   -- UTC, as all below; the last time it was put in line
    next_attempt_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,                                         -- until when nobody else takes it; absent: nobody has it
    status BIGINT,                                                  -- the code of the last answer; absent: there was none
    error TEXT,                                                     -- why the last attempt failed
    ended_at TIMESTAMP,                                             -- when it was sent or given up
    settled_by TEXT,                                                -- who has seen that it failed, so that it is no alert
    CHECK ((contact_id IS NULL) <> (webhook_id IS NULL)),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX outbox_due ON outbox (state, next_attempt_at);
