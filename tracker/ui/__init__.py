"""The screens. Rule: nothing here fetches, decodes or computes a figure; it shows snapshots and passes keys on."""
