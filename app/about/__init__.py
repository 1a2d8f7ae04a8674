"""关于: what this installation is (city, demo or not, base map, licences), what problem codes mean."""
