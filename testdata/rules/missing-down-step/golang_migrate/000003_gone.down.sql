-- Silent: a down step without its up step is not this rule's business.
DROP TABLE gone;
