import pytest
from PIL import ImageCms


@pytest.fixture
def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture
def wide_profile(srgb_profile):
    """Return a profile like sRGB whose red and blue are exchanged, under another name."""
    raw = bytearray(srgb_profile)
    tags = {
        bytes(raw[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(raw[128:132], "big"), 12)
    }
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    raw[red : red + 4], raw[blue : blue + 4] = b"bXYZ", b"rXYZ"
    name = bytes(raw).find("sRGB".encode("utf-16-be"))
    raw[name : name + 8] = "test".encode("utf-16-be")
    return bytes(raw)
