"""Making of the tables of places from GeoNames and hand tables (docs/data/places.md)."""
