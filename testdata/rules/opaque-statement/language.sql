DO LANGUAGE plpython3u $$
plpy.execute("DROP TABLE orders")
$$;
