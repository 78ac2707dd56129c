"""TFLM's signal library: windows, Fourier transforms, filter banks, and streams of frames."""

import numpy as np
from flatbuffers import flexbuffers

from ..case import Case, family
from ..common import name_of

RUNS = 4
TYPES = {"int16": 7, "int32": 2, "float32": 0}


def options(**fields):
    """A map as converters write it: keys in alphabetical order."""
    builder = flexbuffers.Builder()
    with builder.Map():
        for key in sorted(fields):
            builder.Key(key)
            value = fields[key]
            if isinstance(value, bool):
                builder.Bool(value)
            else:
                builder.Int(value)
    return bytes(builder.Finish())


def op(case, inputs, outputs, **fields):
    case.op("CUSTOM:" + case.operator, inputs, outputs, custom=options(**fields) if fields else None)
    return case


@family("SignalWindow")
def windows():
    for shape, size, shift in (((8,), 8, 12), ((2, 6), 6, 15), ((2, 8), 4, 0), ((5,), 5, 31)):
        case = Case("SignalWindow", name_of("x".join(map(str, shape)), "w%d" % size, "s%d" % shift))
        x = case.input("int16", shape)
        window = case.constant("int16", case.random("int16", (size,)))
        yield op(case, [x, window], [case.output("int16", shape)], shift=shift).run_random(2)


def transform(operator, kind, length, size, rows):
    part = size != length and "of%d" % size
    case = Case(operator, name_of(kind, "n%d" % length, part, rows and "rows%d" % rows))
    lead = (rows,) if rows else ()
    real, complex_ = lead + (size,), lead + (length + 2,)
    forward = operator == "SignalRfft"
    x = case.input(kind, real if forward else complex_)
    y = case.output(kind, complex_ if forward else real)
    op(case, [x], [y], T=TYPES[kind], fft_length=length)
    return case.run_random(2) if kind != "int32" else case.run_random(2, -(1 << 31), (1 << 31) - 1)


@family("SignalRfft")
def spectra():
    for kind in TYPES:
        for length, size, rows in (
            (4, 4, 0),
            (16, 16, 2),
            (64, 40, 0),
            (6, 6, 0),
            (10, 9, 0),
            (60, 60, 0),
            (90, 90, 0),
        ):
            yield transform("SignalRfft", kind, length, size, rows)


@family("SignalIrfft")
def inverses():
    for kind in TYPES:
        for length, rows in ((4, 0), (16, 2), (64, 0), (6, 0), (10, 0), (60, 0), (90, 0)):
            yield transform("SignalIrfft", kind, length, length, rows)


@family("SignalFftAutoScale")
def auto_scales():
    for name, low, high in (
        ("small", -9, 9),
        ("full", -32768, 32767),
        ("zero", 0, 0),
        ("one", -1, 1),
        ("least", -32768, -32768),
    ):
        case = Case("SignalFftAutoScale", name)
        x = case.input("int16", (7,))
        outputs = [case.output("int16", (7,)), case.output("int32", ())]
        yield op(case, [x], outputs).run_random(2, low, high)


@family("SignalEnergy")
def energies():
    for name, low, high in (("full", -32768, 32767), ("least", -32768, -32768)):
        case = Case("SignalEnergy", name)
        x = case.input("int16", (12,))
        op(case, [x], [case.output("uint32", (6,))], start_index=0, end_index=6)
        yield case.run_random(2, low, high)


def bank(case, spectrum, channels):
    """Bins, weights and widths of channels that overlap by half."""
    widths = [int(case.rng.integers(1, 4)) for _ in range(channels + 1)]
    starts = np.cumsum([0] + widths[:-1])
    weights = case.random("int16", (sum(widths),), 0, 4096)
    tables = [weights, np.int16(4096) - weights, starts + spectrum, starts, np.array(widths)]
    return [case.constant("int16", np.asarray(t, np.int16)) for t in tables]


@family("SignalFilterBank")
def filter_banks():
    for channels in (1, 3, 8):
        case = Case("SignalFilterBank", "c%d" % channels)
        x = case.input("uint32", (4 * channels + 8,))
        tables = bank(case, 2, channels)
        y = case.output("uint64", (channels,))
        yield op(case, [x, *tables], [y], num_channels=channels).run_random(2, 0, (1 << 32) - 1)


@family("SignalFilterBankSquareRoot")
def roots():
    for bits, low, high in ((0, 0, 9), (0, 0, 1 << 62), (3, 0, 1 << 40), (0, (1 << 32) - 4, (1 << 32) + 4)):
        case = Case("SignalFilterBankSquareRoot", name_of("s%d" % bits, "%d" % low, "%d" % high))
        x = case.input("uint64", (9,))
        shift = case.scalar(bits)
        yield op(case, [x, shift], [case.output("uint32", (9,))]).run_random(2, low, high)


@family("SignalFilterBankSpectralSubtraction")
def subtractions():
    for name, channels, clamping, extra in (("plain", 5, False, 0), ("clamping", 4, True, 4)):
        case = Case("SignalFilterBankSpectralSubtraction", name)
        x = case.input("uint32", (channels,))
        outputs = [case.output("uint32", (channels,)) for _ in range(2)]
        op(
            case,
            [x],
            outputs,
            alternate_one_minus_smoothing=15401,
            alternate_smoothing=983,
            clamping=clamping,
            min_signal_remaining=819,
            num_channels=channels,
            one_minus_smoothing=15974,
            smoothing=410,
            smoothing_bits=extra,
            spectral_subtraction_bits=14,
        )
        yield case.run_random(RUNS, 0, 1 << 27)


@family("SignalFilterBankLog")
def logarithms():
    for scale, bits, low, high in (
        (1600, 3, 0, 1 << 28),
        (65536, 0, 0, 70),
        (-5, 0, 0, 1 << 16),
        (1, 31, 0, 5),
        (1600, 0, 1 << 31, (1 << 32) - 1),
    ):
        case = Case("SignalFilterBankLog", name_of("scale%d" % scale, "bits%d" % bits))
        x = case.input("uint32", (12,))
        y = case.output("int16", (12,))
        yield op(case, [x], [y], input_correction_bits=bits, output_scale=scale).run_random(2, low, high)


@family("SignalPCAN")
def gains():
    for shift, high in ((6, (1 << 32) - 1), (12, 9000), (0, 3)):
        case = Case("SignalPCAN", name_of("shift%d" % shift, "to%d" % high))
        x, noise = case.input("uint32", (9,)), case.input("uint32", (9,))
        table = case.constant("int16", case.random("int16", (125,)))
        y = case.output("uint32", (9,))
        yield op(case, [x, noise, table], [y], snr_shift=shift).run_random(2, 0, high)


@family("SignalStacker")
def stackers():
    for channels, left, right, step in ((3, 0, 0, 1), (2, 2, 0, 3), (1, 3, 0, 2), (2, 2, 0, 1)):
        case = Case("SignalStacker", "c%d/l%d/r%d/s%d" % (channels, left, right, step))
        x = case.input("int16", (channels,))
        # TFLM leaves a stack that is not whole unset; then the flag alone can be judged.
        is_whole = step == 1 and right == 0
        stack = (case.output if is_whole else case.tensor)("int16", (channels * (left + right + 1),))
        outputs = [stack, case.output("bool", ())]
        op(
            case,
            [x],
            outputs,
            num_channels=channels,
            stacker_left_context=left,
            stacker_right_context=right,
            stacker_step=step,
        )
        yield case.run_random(2 * RUNS)


@family("SignalFramer")
def framers():
    for size, step, frames, rows, prefill in (
        (3, 2, 2, 0, True),
        (4, 4, 1, 2, False),
        (7, 2, 3, 2, True),
        (2, 3, 2, 0, False),
    ):
        name = "s%d/t%d/f%d" % (size, step, frames)
        case = Case("SignalFramer", name_of(name, rows and "rows%d" % rows, prefill and "prefill"))
        lead = (rows,) if rows else ()
        x = case.input("int16", lead + (step * frames,))
        outputs = [case.output("int16", lead + (frames, size)), case.output("bool", ())]
        op(case, [x], outputs, frame_size=size, frame_step=step, prefill=prefill)
        yield case.run_random(2 * RUNS)


@family("SignalDelay")
def delays():
    for delay, shape in ((0, (3,)), (2, (5,)), (7, (2, 3)), (3, (3,))):
        case = Case("SignalDelay", name_of("d%d" % delay, "x".join(map(str, shape))))
        x = case.input("int16", shape)
        yield op(case, [x], [case.output("int16", shape)], delay_length=delay).run_random(RUNS)


@family("SignalOverlapAdd")
def overlaps():
    for kind in ("int16", "float32"):
        for size, step, frames, streams in ((4, 2, 2, 0), (5, 2, 1, 2), (3, 3, 2, 0), (5, 1, 3, 2)):
            name = "%s/s%d/t%d/f%d" % (kind, size, step, frames)
            case = Case("SignalOverlapAdd", name_of(name, streams and "streams%d" % streams))
            lead = (streams,) if streams else ()
            x = case.input(kind, lead + (frames, size))
            y = case.output(kind, lead + (frames * step,))
            yield op(case, [x], [y], T=TYPES[kind], frame_step=step).run_random(RUNS)


@family("CIRCULAR_BUFFER")
def queues():
    for frames, shape, period in ((3, (1, 2), 1), (5, (2, 3), 0), (1, (1, 4), 1)):
        case = Case("CIRCULAR_BUFFER", name_of("k%d" % frames, "x".join(map(str, shape)), "p%d" % period))
        x = case.input("int8", (1, 1) + shape, scale=0.5)
        kept = case.tensor("int8", (1, frames) + shape, scale=0.5, variable=True)
        case.main.mark_output(kept)
        yield op(case, [x], [kept], cycles_max=period).run_random(RUNS)
