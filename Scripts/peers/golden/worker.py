"""A child process that runs models in one runtime: `python -m golden.worker tflm|litert`.

Pickled requests (model bytes, runs) come in on standard input; answers
("ok", outputs per run) or ("refused", reason) go out. A crash ends only this process.
"""

import os
import pickle
import sys
import tempfile

import numpy as np


def run_tflm(model, runs, arena):
    from tflite_micro import runtime

    interpreter = runtime.Interpreter.from_bytes(model, arena_size=arena)
    outputs = output_count(model)
    answers = []
    for inputs in runs:
        for index, array in enumerate(inputs):
            interpreter.set_input(array, index)
        interpreter.invoke()
        answers.append([interpreter.get_output(i).copy() for i in range(outputs)])
    return answers


def run_litert(model, runs, _):
    from ai_edge_litert import interpreter as litert

    if b"Convolution2DTransposeBias" in model:
        return run_compiled(model, runs)
    resolver = litert.OpResolverType.BUILTIN_REF
    interpreter = litert.Interpreter(
        model_content=model, experimental_op_resolver_type=resolver, num_threads=1
    )
    interpreter.allocate_tensors()
    sources = interpreter.get_input_details()
    results = interpreter.get_output_details()
    answers = []
    for inputs in runs:
        for detail, array in zip(sources, inputs):
            interpreter.set_tensor(detail["index"], array)
        interpreter.invoke()
        answers.append([interpreter.get_tensor(d["index"]).copy() for d in results])
    return answers


def run_compiled(model, runs):
    """LiteRT's compiled models, through XNNPACK: for custom operators that its interpreter has not."""
    from ai_edge_litert.compiled_model import CompiledModel

    with tempfile.NamedTemporaryFile(suffix=".tflite") as file:
        file.write(model)
        file.flush()
        compiled = CompiledModel.from_file(file.name)
        sources, results = compiled.create_input_buffers(0), compiled.create_output_buffers(0)
        shapes = output_shapes(model)
        answers = []
        for inputs in runs:
            for buffer, array in zip(sources, inputs):
                buffer.write(array.ravel())
            compiled.run_by_index(0, sources, results)
            answers.append(
                [b.read(int(np.prod(s)), np.float32).reshape(s) for b, s in zip(results, shapes)]
            )
    return answers


def output_shapes(model):
    from ai_edge_litert import schema_py_generated as schema

    graph = schema.Model.GetRootAsModel(model, 0).Subgraphs(0)
    return [tuple(graph.Tensors(graph.Outputs(i)).ShapeAsNumpy()) for i in range(graph.OutputsLength())]


def output_count(model):
    from ai_edge_litert import schema_py_generated as schema

    return schema.Model.GetRootAsModel(model, 0).Subgraphs(0).OutputsLength()


def serve(judge, requests, answers):
    runners = {"tflm": run_tflm, "litert": run_litert}
    while True:
        try:
            model, runs, arena = pickle.load(requests)
        except EOFError:
            return
        try:
            answer = ("ok", runners[judge](model, runs, arena))
        except Exception as error:
            answer = ("refused", "%s: %s" % (type(error).__name__, error))
        pickle.dump(answer, answers)
        answers.flush()


def main():
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.argv[1], sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
