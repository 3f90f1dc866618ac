"""Attribute-aware pre-training after ATTIQA (arXiv 2406.01020), and fine-tuning on opinions.

An extractor learns to order pictures by five attributes before it ever sees a person's score:
`pretrain` teaches five heads on it the order of controlled degradations (certain), of measured
attributes and of a CLIP model's antonym prompts; `mos` then fits scores with few labels. The
paper's idea is followed; where its text could not be had (loss formula, prompt pairs, sizes,
schedule) the choice is ours, is a setting, and is named in docs/guide/training.md.
"""
