"""What the console shows, as frozen rows in the current language: pure functions, no Textual."""
