"""SVDF, UNIDIRECTIONAL_SEQUENCE_LSTM and UNIDIRECTIONAL_SEQUENCE_RNN: several runs, with state."""

from ..case import Case, family
from ..common import ACTIVATIONS, name_of

RUNS = 4


class Svdf:
    """The options of one SVDF, with the plain case as default."""

    def __init__(self, t, rank=1, units=3, memory=4, **given):
        self.type, self.rank, self.units, self.memory = t, rank, units, memory
        self.inputs, self.batch, self.bias, self.activation = 3, 1, True, "none"
        self.state, self.hybrid, self.asymmetric = "int16", False, False
        self.scale_out, self.zeros = 0.1, (4, -9)
        for name, value in given.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)
        self.quantized = t == "int8"
        self.weights = "int8" if self.quantized or self.hybrid else "float32"
        self.state_scale = 0.003 if self.state == "int16" else 0.05

    def name(self):
        return name_of(
            self.type,
            self.hybrid and "hybrid",
            self.quantized and "state_" + self.state,
            "rank%d" % self.rank,
            "u%d" % self.units,
            "m%d" % self.memory,
            self.batch > 1 and "batch%d" % self.batch,
            not self.bias and "no_bias",
            self.activation != "none" and self.activation,
            self.asymmetric and "asymmetric",
            self.scale_out != 0.1 and "out%g" % self.scale_out,
            self.zeros != (4, -9) and "zeros%d,%d" % self.zeros,
        )

    def activations(self, scale, zero):
        return dict(scale=scale, zero=zero) if self.quantized else {}


FEATURE_SCALE, TIME_SCALE = 0.01, 0.004


def svdf_weights(case, spec):
    """Feature weights, time weights and bias."""
    low = (-127, 127) if spec.weights == "int8" else (-1, 1)
    scaled = spec.weights == "int8"
    filters = spec.rank * spec.units
    feature = case.constant(
        spec.weights,
        case.random(spec.weights, (filters, spec.inputs), *low),
        **(dict(scale=FEATURE_SCALE) if scaled else {}),
    )
    kind = spec.state if spec.quantized else spec.weights
    time = case.constant(
        kind, case.random(kind, (filters, spec.memory), *low), **(dict(scale=TIME_SCALE) if scaled else {})
    )
    if not spec.bias:
        return feature, time, None
    if not spec.quantized:
        return feature, time, case.constant("float32", case.random("float32", (spec.units,)))
    data = case.random("int32", (spec.units,), -9000, 9000)
    return feature, time, case.constant("int32", data, scale=spec.state_scale * TIME_SCALE)


def svdf(*plain, **given):
    spec = Svdf(*plain, **given)
    case = Case("SVDF", spec.name())
    x = case.input(spec.type, (spec.batch, spec.inputs), **spec.activations(0.05, spec.zeros[0]))
    feature, time, bias = svdf_weights(case, spec)
    state = case.tensor(
        spec.state if spec.quantized else "float32",
        (spec.batch, spec.memory * spec.rank * spec.units),
        scale=spec.state_scale if spec.quantized else None,
        variable=True,
    )
    y = case.output(spec.type, (spec.batch, spec.units), **spec.activations(spec.scale_out, spec.zeros[1]))
    case.op(
        "SVDF",
        [x, feature, time, bias, state],
        [y],
        "SVDFOptions",
        rank=spec.rank,
        asymmetricQuantizeInputs=spec.asymmetric,
        fusedActivationFunction=ACTIVATIONS[spec.activation],
    )
    return case.run_random(RUNS + spec.memory - 2)


@family("SVDF")
def svdfs():
    for t, state in (("float32", ""), ("int8", "int16"), ("int8", "int8")):
        for rank in (1, 2):
            for memory in (2, 4, 7):
                yield svdf(t, rank, memory=memory, state=state)
        yield svdf(t, 2, batch=2, state=state)
        yield svdf(t, activation="relu", state=state)
        if t == "float32":
            yield svdf(t, bias=False)
            yield svdf(t, activation="tanh")
            yield svdf(t, activation="relu6")
        else:
            yield svdf(t, scale_out=0.01, state=state)
            yield svdf(t, zeros=(-128, 127), state=state)
    for asymmetric in (False, True):
        yield svdf("float32", 2, hybrid=True, asymmetric=asymmetric)
        yield svdf("float32", 1, hybrid=True, asymmetric=asymmetric, batch=2)


class Lstm:
    """Scales of one LSTM by element type of the activations."""

    def __init__(self, t):
        self.type = t
        self.weights = {"float32": "float32"}.get(t, "int8")
        self.bias = {"float32": "float32", "int8": "int32", "int16": "int64"}[t]
        self.cell = "float32" if t == "float32" else "int16"
        self.input = {"int8": dict(scale=0.03, zero=5), "int16": dict(scale=1e-4)}.get(t, {})
        self.hidden = {"int8": dict(scale=0.0078, zero=-3), "int16": dict(scale=2.0**-15)}.get(t, {})


def constants(case, shapes, kind, low, scale):
    numbers = {} if kind == "float32" else dict(scale=scale)
    return [case.constant(kind, case.random(kind, s, *low), **numbers) for s in shapes]


def lstm_tensors(case, kinds, weights, batch, inputs, units, cell_power):
    """Operands 1 to 23: weights, biases and states; what TFLM does not take is absent."""
    low = (-127, 127) if weights == "int8" else (-1, 1)
    from_input = constants(case, [(units, inputs)] * 4, weights, low, 0.012)
    from_state = constants(case, [(units, units)] * 4, weights, low, 0.009)
    plain = kinds.type == "float32"
    product = 0.012 * kinds.input.get("scale", 1)
    limit = 1 if plain else int(1 / product)
    biases = constants(case, [(units,)] * 4, kinds.bias, (-limit, limit), product)
    state = case.tensor(kinds.type, (batch, units), variable=True, **kinds.hidden)
    cell = case.tensor(kinds.cell, (batch, units), variable=True, scale=None if plain else 2.0**cell_power)
    absent = [None] * 3
    return [*from_input, *from_state, *absent, *biases, None, None, state, cell, *absent, None]


def lstm(
    t, batch=1, steps=3, inputs=2, units=3, time_major=False, clip=0.0, cell_power=-11, hybrid=False, label=""
):
    case = Case(
        "UNIDIRECTIONAL_SEQUENCE_LSTM",
        name_of(
            t,
            hybrid and "hybrid",
            "b%d_t%d_i%d_u%d" % (batch, steps, inputs, units),
            time_major and "time_major",
            clip and "clip%g" % clip,
            t != "float32" and "cell2^%d" % cell_power,
            label,
        ),
    )
    case.only_litert = hybrid
    kinds = Lstm(t)
    outer = (steps, batch) if time_major else (batch, steps)
    x = case.input(t, (*outer, inputs), **kinds.input)
    weights = "int8" if hybrid else kinds.weights
    tensors = [x, *lstm_tensors(case, kinds, weights, batch, inputs, units, cell_power)]
    y = case.output(t, (*outer, units), **kinds.hidden)
    more = {}
    if t != "float32":
        gates = [case.tensor("int16", (0,), scale=2.0**-12) for _ in range(4)]
        more["intermediates"] = gates + [case.tensor("int8", (0,), scale=0.0078, zero=-3)]
    case.op(
        "UNIDIRECTIONAL_SEQUENCE_LSTM",
        tensors,
        [y],
        "UnidirectionalSequenceLSTMOptions",
        fusedActivationFunction=ACTIVATIONS["tanh"],
        cellClip=clip,
        timeMajor=time_major,
        **more,
    )
    return case.run_random(3)


@family("UNIDIRECTIONAL_SEQUENCE_LSTM")
def lstms():
    for t in ("float32", "int8", "int16"):
        for batch, steps, inputs, units in ((1, 1, 2, 3), (1, 3, 2, 3), (2, 2, 3, 2), (3, 1, 1, 5)):
            for time_major in (False, True):
                yield lstm(t, batch, steps, inputs, units, time_major)
        yield lstm(t, clip=0.5)
        yield lstm(t, steps=6, label="long")
        if t != "float32":
            for power in (-12, -10, -13, -15):
                yield lstm(t, cell_power=power, label="cell")
    for time_major in (False, True):
        yield lstm("float32", 2, 2, time_major=time_major, hybrid=True)


def rnn(
    batch=1, steps=3, inputs=2, units=3, time_major=False, activation="tanh", hybrid=None, asymmetric=False
):
    case = Case(
        "UNIDIRECTIONAL_SEQUENCE_RNN",
        name_of(
            "float32",
            hybrid and "hybrid_" + hybrid,
            "b%d_t%d_i%d_u%d" % (batch, steps, inputs, units),
            time_major and "time_major",
            activation,
            asymmetric and "asymmetric",
        ),
    )
    kind = hybrid or "float32"
    low = (-127, 127) if hybrid == "int8" else (0, 255) if hybrid else (-1, 1)
    outer = (steps, batch) if time_major else (batch, steps)
    x = case.input("float32", (*outer, inputs))
    weights = constants(case, [(units, inputs), (units, units)], kind, low, 0.01)
    bias = case.constant("float32", case.random("float32", (units,), -1, 1))
    state = case.tensor("float32", (batch, units), variable=True)
    y = case.output("float32", (*outer, units))
    case.op(
        "UNIDIRECTIONAL_SEQUENCE_RNN",
        [x, *weights, bias, state],
        [y],
        "SequenceRNNOptions",
        timeMajor=time_major,
        fusedActivationFunction=ACTIVATIONS[activation],
        asymmetricQuantizeInputs=asymmetric,
    )
    return case.run_random(3)


@family("UNIDIRECTIONAL_SEQUENCE_RNN")
def rnns():
    for batch, steps, inputs, units in ((1, 1, 2, 3), (1, 3, 2, 3), (2, 2, 3, 2)):
        for time_major in (False, True):
            yield rnn(batch, steps, inputs, units, time_major)
            yield rnn(batch, steps, inputs, units, time_major, hybrid="int8")
    for activation in ("none", "relu", "relu6"):
        yield rnn(activation=activation)
    yield rnn(2, 2, hybrid="int8", asymmetric=True)
