"""What people type about pools, draws and codes."""
