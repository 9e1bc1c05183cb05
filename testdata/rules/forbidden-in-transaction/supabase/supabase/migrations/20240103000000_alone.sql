-- Silent.
VACUUM orders;
