"""Where the site is put together: its settings, its addresses, what every request passes, and the way to serve it."""
