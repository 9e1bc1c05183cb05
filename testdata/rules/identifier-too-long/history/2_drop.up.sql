-- Silent: it is there under the name that was cut.
ALTER TABLE t VALIDATE CONSTRAINT this_is_a_name_that_is_much_too_long_to_be_kept_by_any_server_as_it_is;
