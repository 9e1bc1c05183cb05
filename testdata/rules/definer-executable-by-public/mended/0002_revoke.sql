-- Silent: revoked later.
REVOKE EXECUTE ON FUNCTION public.a FROM PUBLIC;
