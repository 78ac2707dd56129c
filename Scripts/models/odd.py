#!/usr/bin/env python3
"""Writes models of Tests/Golden with a few numbers changed: files that are nearly right.

A number that looks like a size, an index or a code becomes another one that such numbers are often mistaken for.
Equal arguments give equal files.
"""
import argparse
import pathlib
import random
import struct

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ODD = [0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 64, 127, 255, 1024, 65536, 2**30, 2**31 - 1, -1, -2, -128, -(2**31)]


def golden_models():
    """Every model of Tests/Golden with its name; Tests/Golden/README.md describes the format."""
    for path in sorted((ROOT / "Tests/Golden").glob("*.golden")):
        data, position = path.read_bytes(), 8

        def word():
            nonlocal position
            position += 4
            return struct.unpack_from("<I", data, position - 4)[0]

        def block():
            nonlocal position
            size = word()
            position += size
            return data[position - size : position]

        for number in range(word()):
            block()
            position += 1
            yield f"{path.stem}_{number:03}", block()
            for _ in range(2 * word()):
                for _ in range(word()):
                    block()


def changed(model, generator, most):
    """The model with one to so many numbers changed."""
    data = bytearray(model)
    for _ in range(generator.randint(1, most) if most else 0):
        size = generator.choice((1, 4, 4))
        for _ in range(64):
            place = generator.randrange(8, max(len(data) - size, 9)) // size * size
            if size == 4 and not -2 <= struct.unpack_from("<i", data, place)[0] <= 64:
                continue
            value = generator.choice(ODD)
            data[place : place + size] = struct.pack("<i", value)[:size]
            break
    return bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where to write; made if it is missing")
    parser.add_argument("count", help="how many models, or 'all' for every one once")
    parser.add_argument("--changes", type=int, default=3, help="most numbers that change")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    generator = random.Random(arguments.seed)
    models = list(golden_models())
    chosen = models
    if arguments.count != "all":
        chosen = [generator.choice(models) for _ in range(int(arguments.count))]
    for number, (name, model) in enumerate(chosen):
        path = arguments.folder / f"{name}_{number:05}.tflite"
        path.write_bytes(changed(model, generator, arguments.changes))


if __name__ == "__main__":
    main()
