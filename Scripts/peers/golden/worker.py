"""A child process that runs models in one runtime: `python -m golden.worker tflm|litert`.

Pickled requests (model bytes, runs) come in on standard input; answers
("ok", outputs per run) or ("refused", reason) go out. A crash ends only this process.
"""

import os
import pickle
import sys


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
