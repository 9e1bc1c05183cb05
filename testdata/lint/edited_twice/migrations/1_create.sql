-- atlas:delimiter \nEND;

CREATE TABLE orders (id bigint PRIMARY KEY)
END;
CREATE VIEW numbers AS SELECT one FROM (SELECT 1 AS one)
END;
DROP TABLE parts
END;
