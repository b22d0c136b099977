"""Figures of the law and public holidays that were published after the program was made.

One person enters them with article and source, a second one compares them with the source.
"""
