"""Django forms made from the definition of the national form."""
