"""Small picture files for tests, made by Pillow."""

from io import BytesIO

from PIL import Image


def image(size=(40, 20), mode="RGB"):
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture.convert(mode)


def file(picture, form, **options):
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def exif_of_a_camera(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera maker"
    exif[0x8298] = "Copyright holder"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (45.0, 27.0, 50.0)
    gps[3], gps[4] = "E", (9.0, 11.0, 25.0)
    return exif


def svg(inside="", attributes='viewBox="0 0 30 20"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'.encode()
