let nested = "nested"
