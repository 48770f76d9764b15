"""What the site takes from others, and the way to renew it."""
