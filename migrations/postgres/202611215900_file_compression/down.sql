DO $$ BEGIN
    EXECUTE 'ALTER TABLE submissions ALTER COLUMN bytes SET COMPRESSION default';
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
    NULL;
END $$;
