"""The parts of `benchmarks/taste.py`: real people, simulated ones, and speed."""
