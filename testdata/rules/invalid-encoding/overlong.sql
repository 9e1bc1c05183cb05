-- An overlong slash and a surrogate: UTF-8's form, not its text.
SELECT 'À¯', 'í €';
