"""DENSIFY and TFLite_Detection_PostProcess."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from flatbuffers import flexbuffers

from ..case import Case, family
from ..common import name_of
from ..types import pack


def dimension(form, size=0, segments=None, indices=None):
    table = schema.DimensionMetadataT()
    table.format = form
    table.denseSize = size
    if segments is not None:
        table.arraySegmentsType = table.arrayIndicesType = 1
        table.arraySegments, table.arrayIndices = schema.Int32VectorT(), schema.Int32VectorT()
        table.arraySegments.values = np.array(segments, np.int32)
        table.arrayIndices.values = np.array(indices, np.int32)
    return table


def compressed_rows(matrix):
    """Sparsity tables of a matrix, and its non-zero values."""
    segments, indices, values = [0], [], []
    for row in matrix:
        columns = np.flatnonzero(row)
        indices += columns.tolist()
        values += row[columns].tolist()
        segments.append(len(indices))
    table = schema.SparsityParametersT()
    table.traversalOrder = [0, 1]
    table.blockMap = None
    table.dimMetadata = [dimension(0, matrix.shape[0]), dimension(1, 0, segments, indices)]
    return table, np.array(values)


def compressed_blocks(matrix, size):
    """The same in dense blocks of `size` columns."""
    blocks = matrix.reshape(matrix.shape[0], -1, size)
    segments, indices, values = [0], [], []
    for row in blocks:
        used = np.flatnonzero(np.any(row != 0, axis=1))
        indices += used.tolist()
        values += row[used].reshape(-1).tolist()
        segments.append(len(indices))
    table = schema.SparsityParametersT()
    table.traversalOrder = [0, 1, 2]
    table.blockMap = [1]
    table.dimMetadata = [
        dimension(0, matrix.shape[0]),
        dimension(1, 0, segments, indices),
        dimension(0, size),
    ]
    return table, np.array(values)


@family("DENSIFY")
def densify():
    for t in ("float32", "int8", "float16"):
        for shape, block in (((3, 5), 0), ((4, 4), 0), ((2, 8), 4), ((3, 4), 2), ((2, 3), 0)):
            case = Case("DENSIFY", name_of(t, "x".join(map(str, shape)), block and "block%d" % block))
            matrix = case.random(t, shape) * (case.rng.uniform(size=shape) < 0.4)
            matrix[0, 0] = 1
            table, values = compressed_blocks(matrix, block) if block else compressed_rows(matrix)
            numbers = dict(scale=0.05) if t == "int8" else {}
            w = case.tensor(t, shape, raw=pack(values, t), sparsity=table, **numbers)
            case.input("float32", (1,))
            y = case.output(t, shape, **numbers)
            case.op("DENSIFY", [w], [y], "DensifyOptions")
            yield case.run_random()


def boxes_of(case, types, count):
    """Anchors spread over the picture, with their quantization."""
    anchors = np.column_stack([case.rng.uniform(0.2, 0.8, (count, 2)), np.full((count, 2), 0.4)])
    if types == "float32":
        return case.constant("float32", anchors)
    return case.constant("uint8", anchors * 128 + 100, scale=1 / 128, zero=100)


BOX_SCALES = dict(y_scale=10.0, x_scale=10.0, h_scale=5.0, w_scale=5.0)


def detection(
    label,
    boxes=8,
    classes=3,
    detections=4,
    regular=False,
    score=0.0,
    iou=0.9,
    types="float32",
    max_classes=1,
    per_class=3,
):
    """Fast suppression leaves what it does not fill unset, so fast cases fill every row."""
    case = Case("TFLite_Detection_PostProcess", name_of(types, "regular" if regular else "fast", label))
    plain = types == "float32"
    encodings = case.input(types, (1, boxes, 4), **({} if plain else dict(scale=0.05, zero=128)))
    scores = case.input(types, (1, boxes, classes + 1), **({} if plain else dict(scale=1 / 256)))
    anchors = boxes_of(case, types, boxes)
    rows = detections * (1 if regular else max_classes)
    outputs = [case.output("float32", s) for s in ((1, rows, 4), (1, rows), (1, rows), (1,))]
    options = dict(
        max_detections=detections,
        max_classes_per_detection=max_classes,
        detections_per_class=per_class,
        use_regular_nms=regular,
        nms_score_threshold=score,
        nms_iou_threshold=iou,
        num_classes=classes,
        **BOX_SCALES,
    )
    case.op(
        "CUSTOM:TFLite_Detection_PostProcess",
        [encodings, scores, anchors],
        outputs,
        custom=flexbuffers.Dumps(options),
    )
    shapes = (encodings.shape, scores.shape)
    if plain:
        return case.run(case.random("float32", shapes[0]), case.random("float32", shapes[1], 0, 1))
    return case.run_random()


@family("TFLite_Detection_PostProcess")
def detections():
    for types in ("float32", "uint8"):
        for regular in (False, True):
            yield detection("plain", regular=regular, types=types)
            yield detection("strict", 16, detections=3, regular=regular, types=types, iou=0.2)
            yield detection("many", 20, detections=9, regular=regular, types=types, iou=0.6)
            yield detection("one_class", classes=1, regular=regular, types=types, per_class=6)
        yield detection("two_classes", 9, detections=3, max_classes=2, types=types)
        yield detection("few", regular=True, types=types, score=0.9)
        yield detection("none", regular=True, types=types, score=1.5)
