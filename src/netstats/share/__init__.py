"""Figures on their way out: .csv, JSON, text."""
