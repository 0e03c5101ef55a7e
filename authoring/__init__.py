"""Build the notebooks from source/ and check sources and questions; never in the wheel."""
