"""The factory: one package for each part of the business."""
