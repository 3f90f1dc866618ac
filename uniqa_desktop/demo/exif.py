"""What the invented cameras write into their files."""

from __future__ import annotations

from fractions import Fraction

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from uniqa_desktop.demo.picture import DemoPicture, Kind
from uniqa_desktop.photo import Place

SIGNATURE = "Drawn by UniQA Desktop"
"""The image description; it also tells our files from others."""

_OFFSET = "+02:00"


def exif_of(picture: DemoPicture) -> Image.Exif:
    """The metadata block of a picture, ready for Pillow's `save`."""
    base, detail, where = ExifTags.Base, ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo
    clock = picture.taken.strftime("%Y:%m:%d %H:%M:%S")
    below_second = f"{picture.taken.microsecond // 1000:03d}"
    exif = Image.Exif()
    exif[base.ImageDescription] = SIGNATURE
    exif[base.Make] = picture.camera.make
    exif[base.Model] = picture.camera.model
    exif[base.Orientation] = picture.orientation
    exif[base.Software] = "UniQA Desktop"
    exif[base.DateTime] = clock
    shot = exif.get_ifd(detail)
    shot[base.ExifVersion] = b"0232"
    shot[base.ExposureTime] = _shutter(picture.shutter)
    shot[base.FNumber] = IFDRational(round(picture.aperture * 10), 10)
    shot[base.ExposureProgram] = 3  # aperture priority
    shot[base.ISOSpeedRatings] = picture.iso
    shot[base.DateTimeOriginal] = shot[base.DateTimeDigitized] = clock
    shot[base.SubsecTimeOriginal] = shot[base.SubsecTimeDigitized] = below_second
    shot[base.SubsecTime] = below_second
    shot[base.OffsetTime] = shot[base.OffsetTimeOriginal] = _OFFSET
    shot[base.ExposureBiasValue] = IFDRational(round(picture.bias * 3), 3)
    shot[base.FocalLength] = IFDRational(
        round(picture.focal_length / picture.camera.equivalent * 10), 10
    )
    shot[base.FocalLengthIn35mmFilm] = round(picture.focal_length)
    shot[base.LensModel] = picture.camera.lens
    shot[base.ExposureMode] = 2 if picture.kind is Kind.BRACKET else 0  # 2: auto bracket
    if picture.place is not None:
        exif.get_ifd(where).update(_gps(picture.place, picture))
    return exif


def _shutter(seconds: float) -> IFDRational:
    """Seconds as cameras write them: 1/n below a quarter, hundredths above."""
    if seconds < 0.25:
        return IFDRational(1, max(round(1 / seconds), 1))
    exact = Fraction(round(seconds * 100), 100)
    return IFDRational(exact.numerator, exact.denominator)


def _gps(place: Place, picture: DemoPicture) -> dict[int, object]:
    tags = ExifTags.GPS
    return {
        tags.GPSVersionID: b"\x02\x03\x00\x00",
        tags.GPSLatitudeRef: "N" if place.latitude >= 0 else "S",
        tags.GPSLatitude: _degrees(abs(place.latitude)),
        tags.GPSLongitudeRef: "E" if place.longitude >= 0 else "W",
        tags.GPSLongitude: _degrees(abs(place.longitude)),
        tags.GPSDateStamp: picture.taken.strftime("%Y:%m:%d"),
    }


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds to a hundredth."""
    hundredths = round(value * 360_000)
    degrees, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(seconds, 100)
