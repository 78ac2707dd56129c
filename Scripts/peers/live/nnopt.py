"""Calls the nnopt binary: samples go in and come out stacked in .npy files."""

import os
import subprocess
import tempfile

import numpy as np


class Failed(Exception):
    """nnopt did not answer; the text says why."""


def run(binary, model, samples, seconds):
    """nnopt's outputs: for every sample a list of arrays."""
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "run", model.path]
        command += ports(folder, "in", "--input", model.inputs, samples)
        files = ports(folder, "out", "--output", model.outputs, None)
        try:
            done = subprocess.run(command + files, capture_output=True, text=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Failed("took longer than %d s" % seconds) from None
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise Failed("exit %d: %s" % (done.returncode, said[-1] if said else ""))
        stacks = [np.load(place(folder, "out", i)) for i in range(len(model.outputs))]
    return [[stack[n] for stack in stacks] for n in range(len(samples))]


def place(folder, kind, index):
    return os.path.join(folder, "%s%d.npy" % (kind, index))


def ports(folder, kind, flag, described, samples):
    """Command line arguments for inputs or outputs; writes the files of inputs."""
    arguments = []
    for index, port in enumerate(described):
        path = place(folder, kind, index)
        name = port.name
        if samples is not None:
            if port.is_constant:
                continue
            np.save(path, np.stack([sample[index] for sample in samples]))
        elif sum(other.name == name for other in described) > 1:
            name = "#%d" % index
        arguments += [flag, path if len(described) == 1 else "%s=%s" % (name, path)]
    return arguments
