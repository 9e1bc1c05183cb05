SELECT 1 /* the rest is lost
    + 1;
SELECT 2;
