-- Silent: nothing to run is nothing wrong.

/* ; */ ;
