"""DATA CONTOH: synthetic people, and eighteen months of a programme made through the program's own services."""
