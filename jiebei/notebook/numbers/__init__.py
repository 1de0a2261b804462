"""The reader's own numbers, said once in my_numbers.toml: read, written, typed into every page."""
