"""A case: one small model and the inputs of its runs; and the registry of families."""

import hashlib

import numpy as np

from .model import Model
from .types import NUMPY, RANGES

FAMILIES = {}


def family(operator):
    """Registers a generator of cases for `operator`."""

    def register(function):
        FAMILIES.setdefault(operator, []).append(function)
        return function

    return register


class Case:
    """One golden case. `rng` is seeded by the name, so a case never depends on others.

    `only_litert` is set where TFLM takes a model that it then misreads.
    """

    def __init__(self, operator, name):
        self.operator = operator
        self.name = operator.lower() + "/" + name
        seed = hashlib.sha256(self.name.encode()).digest()[:8]
        self.rng = np.random.default_rng(int.from_bytes(seed, "little"))
        self.model = Model()
        self.main = self.model.subgraph()
        self.runs = []
        self.only_litert = False
        self.input = self.main.input
        self.output = self.main.output
        self.constant = self.main.constant
        self.tensor = self.main.tensor
        self.op = self.main.op

    def random(self, type_name, shape, low=None, high=None):
        """Random data: full range for narrow integers, about [-4, 4] for floats."""
        if type_name == "bool":
            return self.rng.integers(0, 2, shape).astype(np.bool_)
        if type_name.startswith("float") or type_name.startswith("bfloat"):
            low, high = (-4.0 if low is None else low), (4.0 if high is None else high)
            values = self.rng.uniform(low, high, shape)
            return np.asarray(values, np.float32).astype(NUMPY[type_name])
        range_low, range_high = RANGES.get(type_name, (-1000, 1000))
        low = range_low if low is None else low
        high = range_high if high is None else high
        return self.rng.integers(low, high + 1, shape, dtype=np.int64).astype(NUMPY[type_name])

    def run(self, *arrays):
        """One run with these inputs, in subgraph order."""
        tensors = self.main.input_tensors
        assert len(arrays) == len(tensors), self.name
        self.runs.append([np.asarray(a, NUMPY[t.type]).reshape(t.shape) for a, t in zip(arrays, tensors)])
        return self

    def run_random(self, count=1, low=None, high=None):
        """`count` runs with random inputs."""
        for _ in range(count):
            self.run(*[self.random(t.type, t.shape, low, high) for t in self.main.input_tensors])
        return self

    def dims(self, *values):
        """An int32 vector constant."""
        return self.constant("int32", np.array(values, np.int32))

    def scalar(self, value, type_name="int32"):
        return self.constant(type_name, np.array(value, NUMPY[type_name]))
