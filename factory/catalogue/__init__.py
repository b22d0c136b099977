"""What is made: seasons, styles, colours, sizes, operations and how a coat is sewn."""
