-- name: Elsewhere :many
SELECT * FROM reports WHERE id NOT IN (SELECT report_id FROM lines);
