DROP INDEX items_embedding_idx1;
