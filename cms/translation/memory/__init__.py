"""Earlier translations of like texts, from this site and from elsewhere."""
