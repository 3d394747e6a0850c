-- Whose preview a draft is: the same file may wait for two senders, and neither sees the other's.
ALTER TABLE drafts
    ADD COLUMN owner TEXT NOT NULL DEFAULT '',                      -- the unit of the uploader who sent it; empty: the ministry
    DROP CONSTRAINT drafts_pkey,
    ADD PRIMARY KEY (sha256, owner);
