"""The window. Only this package imports Qt; it draws what the core knows and decides nothing."""
