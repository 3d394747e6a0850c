ALTER TABLE tokens
    DROP CONSTRAINT tokens_of_uploads_have_a_unit,
    DROP COLUMN scope,
    ALTER COLUMN unit_id SET NOT NULL;
