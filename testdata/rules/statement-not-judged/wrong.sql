-- Silent: a statement that is simply wrong is syntax-error's.
SELCT 1;
