"""Guards of the toolchain: lock files, layers, lengths, the test browser."""
