\restrict hxq1
CREATE TABLE users (id bigint PRIMARY KEY);
\unrestrict hxq1
