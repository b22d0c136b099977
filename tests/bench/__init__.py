"""`make bench`: what the house does a second, as ratios to ceilings measured in the same run."""
