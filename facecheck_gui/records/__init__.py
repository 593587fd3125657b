"""What is remembered: roster, audit, consent, retention, export; SQLite or PostgreSQL."""
