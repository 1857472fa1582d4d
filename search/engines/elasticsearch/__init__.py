"""Elasticsearch 8.19 or 9 through the official client, as a plain store of ready tokens."""
