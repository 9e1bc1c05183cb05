SELECT 1;
/* Comments nest in PostgreSQL: /* this one is closed, the outer is not. */
SELECT 2;
