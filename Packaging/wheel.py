#!/usr/bin/env python3
"""Makes a Python wheel of the program and the module in Packaging/python; the same input gives the same bytes.

Usage: wheel.py FOLDER VERSION PLATFORM EPOCH BINARY README LICENCES

FOLDER is where the wheel goes, PLATFORM its tag (manylinux_2_36_x86_64), EPOCH the date of its members in seconds,
README its description, LICENCES a folder of texts.
"""
import base64
import hashlib
import pathlib
import sys
import time
import zipfile

MODULE = pathlib.Path(__file__).resolve().parent / "python" / "nnopt"


def metadata(version, readme):
    """The METADATA file."""
    fields = [
        "Metadata-Version: 2.1",
        "Name: nnopt",
        f"Version: {version}",
        "Summary: Fits neural networks into the memory of microcontrollers",
        "License: Apache-2.0",
        "Keywords: tensorflow-lite,tinyml,microcontroller,memory-planning",
        "Classifier: Environment :: Console",
        "Classifier: License :: OSI Approved :: Apache Software License",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Classifier: Typing :: Typed",
        "Requires-Python: >=3.9",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(fields) + "\n\n" + readme


def main():
    if len(sys.argv) != 8:
        sys.exit(__doc__)
    folder, version, platform, epoch, binary, readme, licences = sys.argv[1:]
    information = f"nnopt-{version}.dist-info"
    members = {}
    for path in sorted(MODULE.iterdir()):
        if path.suffix == ".py" or path.name == "py.typed":
            members[f"nnopt/{path.name}"] = (path.read_bytes(), 0o644)
    members[f"nnopt-{version}.data/scripts/nnopt"] = (pathlib.Path(binary).read_bytes(), 0o755)
    for path in sorted(pathlib.Path(licences).iterdir()):
        members[f"{information}/licenses/{path.name}"] = (path.read_bytes(), 0o644)
    description = metadata(version, pathlib.Path(readme).read_text(encoding="utf-8"))
    members[f"{information}/METADATA"] = (description.encode(), 0o644)
    wheel = f"Wheel-Version: 1.0\nGenerator: nnopt\nRoot-Is-Purelib: false\nTag: py3-none-{platform}\n"
    members[f"{information}/WHEEL"] = (wheel.encode(), 0o644)

    def record():
        for name, (content, _) in members.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            yield f"{name},sha256={digest},{len(content)}\n"
        yield f"{information}/RECORD,,\n"

    members[f"{information}/RECORD"] = ("".join(record()).encode(), 0o644)
    target = pathlib.Path(folder) / f"nnopt-{version}-py3-none-{platform}.whl"
    # Zip files know no date before 1980.
    date = time.gmtime(max(int(epoch), 315532800))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (content, mode) in members.items():
            member = zipfile.ZipInfo(name, date)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = (0o100000 | mode) << 16
            archive.writestr(member, content)
    print(target)


if __name__ == "__main__":
    main()
