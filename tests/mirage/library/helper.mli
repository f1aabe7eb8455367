val zero : int
