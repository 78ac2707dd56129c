#!/usr/bin/env python3
"""Writes small files of data in every format that nnopt reads: what `Scripts/fuzz data` starts from."""
import argparse
import base64
import io
import pathlib
import struct
import zipfile
import zlib

# 8x8 pixels in colors, written by Pillow.
JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hn"
    "Pk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
    "Y2P/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAYEAEAAwEAAAAAAAAAAAAAAAAABQYhMv/EABUBAQEA"
    "AAAAAAAAAAAAAAAAAAAC/8QAGxEAAQQDAAAAAAAAAAAAAAAAAAECAwQREyH/2gAMAwEAAhEDEQA/AI6/H84AOamSbtSLavD/2Q=="
)


def npy(kind, shape, body, version=1, columns=False):
    text = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n" % (kind, columns, shape)
    size = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + size + text.encode() + body


def png(width, height, depth, color, row):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    palette = chunk(b"PLTE", bytes(range(12))) if color == 3 else b""
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + row) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + pixels + chunk(b"IEND", b"")


def archive(method, arrays):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as file:
        for name, array in arrays.items():
            file.writestr(name + ".npy", array)
    return output.getvalue()


def files():
    images = npy("<f4", (2, 3), struct.pack("<6f", *range(6)))
    labels = npy("<i8", (2,), struct.pack("<2q", 1, 0))
    yield "floats.npy", images
    yield "labels.npy", labels
    yield "columns.npy", npy("|u1", (2, 2), bytes(4), version=2, columns=True)
    yield "doubles.npy", npy(">f8", "()", bytes(8), version=3)
    yield "halves.npy", npy("<f2", (0, 4), b"")
    yield "stored.npz", archive(zipfile.ZIP_STORED, {"images": images, "labels": labels})
    yield "packed.npz", archive(zipfile.ZIP_DEFLATED, {"images": images, "labels": labels})
    yield "table.csv", b'label,"a",b\n1,0.5,-2e3\n0, nan ,inf\n'
    yield "gray.png", png(4, 2, 8, 0, bytes(4))
    yield "deep.png", png(2, 2, 16, 6, bytes(16))
    yield "palette.png", png(8, 1, 2, 3, bytes(2))
    yield "picture.jpg", base64.b64decode(JPEG)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files():
        (folder / name).write_bytes(data)


main()
