"""How fast and how large the program is, each figure beside a floor measured in the same run. It fails for none."""
