"""Benchmarks of reading reports."""
