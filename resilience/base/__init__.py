"""What every package may use: problems, units, language, files, canonical JSON."""
