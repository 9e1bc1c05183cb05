-- Silent: UTF-8 of two, three and four bytes is text.
SELECT 'Größe', '€', '☕', '😀', U&'\0041';
