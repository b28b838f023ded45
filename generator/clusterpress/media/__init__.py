"""media: a picture file → the picture that is published instead of it."""
