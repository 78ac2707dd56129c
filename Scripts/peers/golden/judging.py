"""Decides which runtime's answer a case records, and logs where the runtimes differ."""

import numpy as np

from . import judges
from .store import Record

ARENA = 1 << 18


class Bench:
    """Both runtimes, and counts since the last summary."""

    def __init__(self):
        names = {judges.TFLM: "tflm", judges.LITERT: "litert"}
        self.judges = {n: judges.Judge(name) for n, name in names.items()}
        self.doubters = {n: [judges.Judge(name, perturb=p) for p in (165, 60)] for n, name in names.items()}
        self.counts = {}

    def judge(self, case, log):
        """The record of `case`, or None when neither runtime takes it."""
        model = case.model.bytes()
        answers = {}
        for number in [judges.LITERT] if case.only_litert else self.judges:
            kind, answer = self.ask(number, model, case)
            if kind == "ok":
                answers[number] = answer
            else:
                log.write("%s\t%s\t%s\t%s\n" % (case.name, judges.NAMES[number], kind, answer))
        self.compare(case, answers, log)
        if not answers:
            self.count("dropped")
            log.write("%s\tDROPPED\n" % case.name)
            return None
        number = min(answers)
        self.count(judges.NAMES[number])
        return record(case, number, model, answers[number])

    def ask(self, number, model, case):
        """The runtime's answer, if it has the declared shape and rests on no unset memory."""
        kind, answer = self.judges[number].run(model, case.runs, ARENA)
        if kind != "ok":
            return kind, answer
        if not declared(case, answer):
            return "refused", "another output shape than declared"
        for doubter in self.doubters[number]:
            kind, again = doubter.run(model, case.runs, ARENA + 4096)
            if kind != "ok" or raw(again) != raw(answer):
                return "refused", "two runs differ"
        return "ok", answer

    def compare(self, case, answers, log):
        if len(answers) != 2:
            return
        for run, pair in enumerate(zip(answers[judges.TFLM], answers[judges.LITERT])):
            for index, (one, two) in enumerate(zip(*pair)):
                said = difference(one, two)
                if said:
                    log.write("%s\tDIFFER\trun %d output %d: %s\n" % (case.name, run, index, said))

    def count(self, key):
        self.counts[key] = self.counts.get(key, 0) + 1

    def summary(self):
        text = ", ".join("%s %d" % pair for pair in sorted(self.counts.items()))
        self.counts = {}
        return text

    def close(self):
        for number, judge in self.judges.items():
            for each in (judge, *self.doubters[number]):
                each.close()


def declared(case, answers):
    """Whether the outputs have the shapes the file declares."""
    shapes = [t.shape for t in case.main.output_tensors]
    return all([a.shape for a in run] == shapes for run in answers)


def raw(answers):
    return [[np.ascontiguousarray(a).tobytes() for a in run] for run in answers]


def record(case, number, model, answers):
    inputs = raw(case.runs)
    return Record(case.name, number, model, list(zip(inputs, raw(answers))))


def difference(one, two):
    """A sentence when the two arrays differ, else None."""
    if one.shape != two.shape or one.dtype != two.dtype:
        return "TFLM %s %s, LiteRT %s %s" % (one.dtype, one.shape, two.dtype, two.shape)
    if one.tobytes() == two.tobytes():
        return None
    a, b = one.astype(np.float64), two.astype(np.float64)
    if one.dtype.kind == "f" and np.allclose(a, b, 1e-6, 1e-7, equal_nan=True):
        return None
    return "%d of %d elements, at most %g" % (np.count_nonzero(a != b), a.size, np.max(np.abs(a - b)))
