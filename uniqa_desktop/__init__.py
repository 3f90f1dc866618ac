"""UniQA Desktop: cull a folder of photos by technical quality, aesthetics and your own taste."""

__version__ = "0.1.0"
