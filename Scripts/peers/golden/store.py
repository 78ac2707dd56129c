"""Reads and writes .golden files; Tests/Golden/README.md documents the format."""

import struct

MAGIC = b"NNGV"
VERSION = 1


class Record:
    """One case with its answers. Runs are (inputs, outputs), both lists of bytes."""

    def __init__(self, name, judge, model, runs):
        self.name = name
        self.judge = judge
        self.model = model
        self.runs = runs


def blob(data):
    return struct.pack("<I", len(data)) + data


def encode(records):
    parts = [MAGIC, struct.pack("<II", VERSION, len(records))]
    for record in records:
        parts += [blob(record.name.encode()), struct.pack("<B", record.judge), blob(record.model)]
        parts.append(struct.pack("<I", len(record.runs)))
        for inputs, outputs in record.runs:
            for group in (inputs, outputs):
                parts.append(struct.pack("<I", len(group)))
                parts += [blob(data) for data in group]
    return b"".join(parts)


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def number(self, code):
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize(code)
        return value

    def blob(self):
        size = self.number("I")
        self.at += size
        return self.data[self.at - size : self.at]

    def group(self):
        return [self.blob() for _ in range(self.number("I"))]


def decode(data):
    reader = Reader(data)
    if data[:4] != MAGIC:
        raise ValueError("not a golden file")
    reader.at = 4
    if reader.number("I") != VERSION:
        raise ValueError("unknown version of golden file")
    records = []
    for _ in range(reader.number("I")):
        name, judge, model = reader.blob().decode(), reader.number("B"), reader.blob()
        runs = [(reader.group(), reader.group()) for _ in range(reader.number("I"))]
        records.append(Record(name, judge, model, runs))
    return records
