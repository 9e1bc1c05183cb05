-- loans
-- depends: 20230108_01_4kQ2x-create-readers

CREATE TABLE loans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader_id bigint NOT NULL REFERENCES readers (id),
    due date NOT NULL
);
