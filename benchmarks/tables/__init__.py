"""Event tables: how fast they are brought in and asked, beside what one would reach for instead."""
