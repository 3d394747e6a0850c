-- What a token is good for, and tokens that read the figures of the whole nation.
ALTER TABLE tokens
    ADD COLUMN scope TEXT NOT NULL DEFAULT 'upload' CHECK (scope IN ('upload', 'read')),
    ALTER COLUMN unit_id DROP NOT NULL,                             -- absent: the whole nation
    ADD CONSTRAINT tokens_of_uploads_have_a_unit CHECK (scope = 'read' OR unit_id IS NOT NULL);
