"""Measurements that take time, each a command of its own."""
