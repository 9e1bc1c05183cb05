-- The help drops the old one of the same name first, as the statement does.
ALTER TABLE workers
    DROP CONSTRAINT IF EXISTS workers_state,
    ADD CONSTRAINT workers_state CHECK (state <> 'stalled');
