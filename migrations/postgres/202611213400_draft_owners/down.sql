DELETE FROM drafts WHERE owner <> '';
ALTER TABLE drafts
    DROP CONSTRAINT drafts_pkey,
    DROP COLUMN owner,
    ADD PRIMARY KEY (sha256);
