"""PAD, PADV2, MIRROR_PAD, space and depth, RESIZE."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .layout import SAME, text

TYPES = ("float32", "int8", "int16", "uint8", "int32", "int64", "bool")
PADS = (
    ((3, 4), ((1, 0), (0, 2))),
    ((2, 3, 2), ((0, 0), (1, 1), (2, 0))),
    ((5,), ((2, 1),)),
    ((1, 2, 2, 3), ((0, 0), (1, 2), (1, 0), (0, 1))),
    ((2, 2, 1, 2, 2), ((0, 1), (0, 0), (1, 1), (0, 0), (2, 0))),
)


def pad(operator, t, shape, widths, value=None, kind="int32", mode=None):
    case = Case(
        operator,
        name_of(
            t,
            text(shape),
            "pad" + "_".join("%d,%d" % w for w in widths),
            kind != "int32" and kind,
            mode is not None and ("reflect", "symmetric")[mode],
        ),
    )
    x = case.input(t, shape, **quant(t, *SAME))
    inputs = [x, case.constant(kind, np.array(widths))]
    if value is not None:
        inputs.append(case.constant(t, np.array(value), **quant(t, *SAME)))
    y = case.output(t, [n + a + b for n, (a, b) in zip(shape, widths)], **quant(t, *SAME))
    names = {"PAD": "PadOptions", "PADV2": "PadV2Options", "MIRROR_PAD": "MirrorPadOptions"}
    case.op(operator, inputs, [y], names[operator], **({} if mode is None else dict(mode=mode)))
    return case.run_random()


@family("PAD")
def pads():
    for t in TYPES:
        for shape, widths in PADS:
            yield pad("PAD", t, shape, widths)
    yield pad("PAD", "int8", (3, 4), ((1, 0), (0, 2)), kind="int64")


@family("PADV2")
def pads_v2():
    for t in TYPES[:-1]:
        for shape, widths in PADS:
            yield pad("PADV2", t, shape, widths, 7)


@family("MIRROR_PAD")
def mirror_pads():
    for t in TYPES[:-1]:
        for mode in (0, 1):
            for shape, widths in (
                ((3, 4), ((1, 0), (0, 2))),
                ((2, 3, 2), ((0, 0), (2, 1), (1, 0))),
                ((5,), ((3, 4),)),
                ((1, 3, 3, 2), ((0, 0), (1, 2), (2, 1), (0, 0))),
            ):
                yield pad("MIRROR_PAD", t, shape, widths, mode=mode)


def blocks(operator, t, shape, result, block, options):
    case = Case(operator, name_of(t, text(shape), "block%d" % block))
    x = case.input(t, shape, **quant(t, *SAME))
    y = case.output(t, result, **quant(t, *SAME))
    case.op(operator, [x], [y], options, blockSize=block)
    return case.run_random()


@family("SPACE_TO_DEPTH")
def space_to_depth():
    for t in ("float32", "int8", "uint8", "int32", "int64"):
        for n, h, w, c, b in ((1, 4, 4, 1, 2), (2, 2, 4, 3, 2), (1, 3, 6, 2, 3)):
            yield blocks(
                "SPACE_TO_DEPTH", t, (n, h, w, c), (n, h // b, w // b, c * b * b), b, "SpaceToDepthOptions"
            )


@family("DEPTH_TO_SPACE")
def depth_to_space():
    for t in ("float32", "int8", "uint8", "int32", "int64"):
        for n, h, w, c, b in ((1, 2, 2, 4, 2), (2, 1, 2, 12, 2), (1, 1, 2, 18, 3)):
            yield blocks(
                "DEPTH_TO_SPACE", t, (n, h, w, c), (n, h * b, w * b, c // (b * b)), b, "DepthToSpaceOptions"
            )


def batched(operator, t, shape, block, edges, result):
    case = Case(
        operator,
        name_of(t, text(shape), "block" + text(block), "edges" + "_".join("%d,%d" % e for e in edges)),
    )
    x = case.input(t, shape, **quant(t, *SAME))
    b, e = case.dims(*block), case.constant("int32", np.array(edges, np.int32))
    y = case.output(t, result, **quant(t, *SAME))
    case.op(
        operator,
        [x, b, e],
        [y],
        {"SPACE_TO_BATCH_ND": "SpaceToBatchNDOptions", "BATCH_TO_SPACE_ND": "BatchToSpaceNDOptions"}[
            operator
        ],
    )
    return case.run_random()


@family("SPACE_TO_BATCH_ND")
def space_to_batch():
    for t in TYPES[:-1]:
        for shape, block, edges in (
            ((1, 4, 4, 1), (2, 2), ((0, 0), (0, 0))),
            ((1, 3, 4, 2), (2, 3), ((1, 0), (2, 0))),
            ((2, 4, 2, 3), (2, 1), ((0, 2), (1, 1))),
            ((2, 5, 2), (3,), ((1, 0),)),
        ):
            outer = [(n + sum(e)) // b for n, b, e in zip(shape[1:], block, edges)]
            result = (shape[0] * int(np.prod(block)), *outer, shape[-1])
            yield batched("SPACE_TO_BATCH_ND", t, shape, block, edges, result)


@family("BATCH_TO_SPACE_ND")
def batch_to_space():
    for t in TYPES[:-1]:
        for shape, block, edges in (
            ((4, 2, 2, 1), (2, 2), ((0, 0), (0, 0))),
            ((6, 2, 2, 2), (2, 3), ((1, 0), (2, 1))),
            ((4, 2, 3, 2), (2, 1), ((0, 1), (1, 0))),
            ((6, 2, 2), (3,), ((1, 2),)),
        ):
            outer = [n * b - sum(e) for n, b, e in zip(shape[1:], block, edges)]
            result = (shape[0] // int(np.prod(block)), *outer, shape[-1])
            yield batched("BATCH_TO_SPACE_ND", t, shape, block, edges, result)


def resize(operator, t, shape, size, align, half, options):
    case = Case(
        operator, name_of(t, text(shape), "to" + text(size), align and "align_corners", half and "half_pixel")
    )
    x = case.input(t, shape, **quant(t, *SAME))
    s = case.dims(*size)
    y = case.output(t, (shape[0], *size, shape[3]), **quant(t, *SAME))
    case.op(operator, [x, s], [y], options, alignCorners=align, halfPixelCenters=half)
    return case.run_random()


def resizes(operator, options):
    for t in ("float32", "int8", "int16", "uint8"):
        for shape, size in (
            ((1, 3, 4, 2), (6, 8)),
            ((1, 5, 5, 1), (3, 2)),
            ((2, 2, 3, 2), (5, 4)),
            ((1, 4, 4, 1), (1, 1)),
            ((1, 1, 1, 3), (3, 2)),
            ((1, 3, 3, 1), (3, 3)),
            ((1, 7, 3, 1), (4, 10)),
        ):
            for align, half in ((False, False), (True, False), (False, True)):
                yield resize(operator, t, shape, size, align, half, options)


family("RESIZE_BILINEAR")(lambda: resizes("RESIZE_BILINEAR", "ResizeBilinearOptions"))
family("RESIZE_NEAREST_NEIGHBOR")(lambda: resizes("RESIZE_NEAREST_NEIGHBOR", "ResizeNearestNeighborOptions"))
