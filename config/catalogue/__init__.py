"""The Welsh catalogue: which words the public reads, how they are gathered, compiled and listed for a translator."""
