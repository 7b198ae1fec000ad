"""Settings, addresses and wiring. Nothing imports this package; it imports whatever must be put together."""
