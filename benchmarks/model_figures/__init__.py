"""The parts of `benchmarks/model.py`: its sets of pictures, estimates and sections."""
