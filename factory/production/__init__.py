"""Production: cloth becomes coats."""
