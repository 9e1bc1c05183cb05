-- GrΓ¶Γe: good UTF-8.
SELECT 'Grφίe';
