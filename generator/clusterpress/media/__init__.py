"""media: an image file → the picture that is published instead of it, without metadata.

In: bytes of image files and attachments. Out: processed pictures, their addresses, outputs.
Items, pages and the cache may not enter.
"""
