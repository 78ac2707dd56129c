"""IF, WHILE, CALL_ONCE and variables: several subgraphs, several runs."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant

SAME = (0.05, 3)


def branch(case, t, shape, code, options):
    """A subgraph that applies `code` to its two inputs."""
    graph = case.model.subgraph()
    a = graph.input(t, shape, **quant(t, *SAME))
    b = graph.input(t, shape, **quant(t, *SAME))
    y = graph.output(t, shape, **quant(t, *SAME))
    graph.op(code, [a, b], [y], options)


@family("IF")
def conditionals():
    for t in ("float32", "int8", "int16", "int32"):
        for shape in ((3,), (2, 2)):
            case = Case("IF", name_of(t, "add_or_mul", "x".join(map(str, shape))))
            c = case.input("bool", (1,))
            a = case.input(t, shape, **quant(t, *SAME))
            b = case.input(t, shape, **quant(t, *SAME))
            y = case.output(t, shape, **quant(t, *SAME))
            branch(case, t, shape, "ADD", "AddOptions")
            branch(case, t, shape, "MUL", "MulOptions")
            case.op("IF", [c, a, b], [y], "IfOptions", thenSubgraphIndex=1, elseSubgraphIndex=2)
            for truth in (True, False, True):
                case.run([truth], case.random(t, shape), case.random(t, shape))
            yield case
    yield nested_if()
    yield passing_if()


def nested_if():
    """A condition inside a branch, and work on both sides of the outer one."""
    case = Case("IF", "float32/nested")
    outer, inner = case.input("bool", (1,)), case.input("bool", (1,))
    a = case.input("float32", (3,))
    middle, y = case.tensor("float32", (3,)), case.output("float32", (3,))
    then = case.model.subgraph()
    condition, value = then.input("bool", (1,)), then.input("float32", (3,))
    result = then.output("float32", (3,))
    other = case.model.subgraph()
    other.input("bool", (1,))
    other.op("NEG", [other.input("float32", (3,))], [other.output("float32", (3,))], "NegOptions")
    for code in ("SQUARE", "ABS"):
        graph = case.model.subgraph()
        x = graph.input("float32", (3,))
        graph.op(
            code, [x], [graph.output("float32", (3,))], {"SQUARE": "SquareOptions", "ABS": "AbsOptions"}[code]
        )
    then.op("IF", [condition, value], [result], "IfOptions", thenSubgraphIndex=3, elseSubgraphIndex=4)
    case.op("IF", [outer, inner, a], [middle], "IfOptions", thenSubgraphIndex=1, elseSubgraphIndex=2)
    case.op("ADD", [middle, a], [y], "AddOptions")
    for truths in ((True, True), (True, False), (False, True)):
        case.run([truths[0]], [truths[1]], case.random("float32", (3,)))
    return case


def passing_if():
    """A branch that gives its inputs on, crossed, without any operator."""
    case = Case("IF", "float32/pass_through")
    c, a, b = case.input("bool", (1,)), case.input("float32", (2,)), case.input("float32", (2,))
    y, z = case.output("float32", (2,)), case.output("float32", (2,))
    for order in ((0, 1), (1, 0)):
        graph = case.model.subgraph()
        inputs = [graph.input("float32", (2,)) for _ in range(2)]
        for index in order:
            graph.mark_output(inputs[index])
    case.op("IF", [c, a, b], [y, z], "IfOptions", thenSubgraphIndex=1, elseSubgraphIndex=2)
    for truth in (True, False):
        case.run([truth], case.random("float32", (2,)), case.random("float32", (2,)))
    return case


def loop(t, limit, extra=False):
    """while (i < limit) { i += 1; x += step; } from an initial i that is an input."""
    case = Case("WHILE", name_of(t, "to%d" % limit, extra and "with_invariant"))
    shape = (3,)
    numbers = quant(t, 0.05, 0)
    i, x = case.input("int32", (1,)), case.input(t, shape, **numbers)
    outs = [case.output("int32", (1,)), case.output(t, shape, **numbers)]
    inputs = [i, x]
    if extra:
        inputs.append(case.input(t, shape, **numbers))
        outs.append(case.output(t, shape, **numbers))
    condition = case.model.subgraph()
    c = condition.input("int32", (1,))
    for tensor in inputs[1:]:
        condition.input(t, shape, **numbers)
    condition.op(
        "LESS",
        [c, condition.constant("int32", np.array([limit], np.int32))],
        [condition.output("bool", (1,))],
        "LessOptions",
    )
    loop_body(case.model.subgraph(), case, t, shape, numbers, extra)
    case.op("WHILE", inputs, outs, "WhileOptions", condSubgraphIndex=1, bodySubgraphIndex=2)
    low, high = (-30, 30) if t != "float32" else (-4, 4)
    for start in (0, limit - 1, limit):
        more = [case.random(t, shape, low, high)] if extra else []
        case.run([start], case.random(t, shape, low, high), *more)
    return case


def loop_body(body, case, t, shape, numbers, extra):
    i, x = body.input("int32", (1,)), body.input(t, shape, **numbers)
    next_i, next_x = body.output("int32", (1,)), body.output(t, shape, **numbers)
    body.op("ADD", [i, body.constant("int32", np.array([1], np.int32))], [next_i], "AddOptions")
    if extra:
        step = body.input(t, shape, **numbers)
        body.mark_output(step)
    else:
        step = body.constant(t, case.random(t, shape, -3, 3), **numbers)
    body.op("ADD", [x, step], [next_x], "AddOptions")


@family("WHILE")
def loops():
    for t in ("float32", "int8", "int16", "int32"):
        for limit in (1, 4):
            yield loop(t, limit)
        yield loop(t, 3, extra=True)


def variable(graph, name):
    """A handle of the variable `name` in this subgraph."""
    handle = graph.tensor("resource", (1,))
    graph.op("VAR_HANDLE", [], [handle], "VarHandleOptions", container="", sharedName=name)
    return handle


def counter(operator, t, label="", initial=True):
    """Adds the input to a variable that CALL_ONCE sets; answers the sum of before and input."""
    case = Case(operator, name_of(t, "counter", label))
    shape, numbers = (2, 2), quant(t, 0.05, 0)
    x = case.input(t, shape, **numbers)
    handle = None
    if initial:
        start = case.model.subgraph()
        value = start.constant(t, case.random(t, shape, -9, 9), **numbers)
        start.op("ASSIGN_VARIABLE", [variable(start, "v"), value], [], "AssignVariableOptions")
        case.op("CALL_ONCE", [], [], "CallOnceOptions", initSubgraphIndex=1)
    handle = variable(case.main, "v")
    before, y = case.tensor(t, shape, **numbers), case.output(t, shape, **numbers)
    if not initial:
        case.op("ASSIGN_VARIABLE", [handle, x], [], "AssignVariableOptions")
    case.op("READ_VARIABLE", [handle], [before], "ReadVariableOptions")
    case.op("ADD", [before, x], [y], "AddOptions")
    if initial:
        case.op("ASSIGN_VARIABLE", [handle, y], [], "AssignVariableOptions")
    return case.run_random(4, -20, 20) if t != "float32" else case.run_random(4)


def two_variables(operator, t):
    """Two variables that change places at every run."""
    case = Case(operator, name_of(t, "swap"))
    shape, numbers = (3,), quant(t, 0.05, 0)
    x = case.input(t, shape, **numbers)
    start = case.model.subgraph()
    for name in ("a", "b"):
        value = start.constant(t, case.random(t, shape, -9, 9), **numbers)
        start.op("ASSIGN_VARIABLE", [variable(start, name), value], [], "AssignVariableOptions")
    case.op("CALL_ONCE", [], [], "CallOnceOptions", initSubgraphIndex=1)
    a, b = variable(case.main, "a"), variable(case.main, "b")
    left, right = (case.tensor(t, shape, **numbers) for _ in range(2))
    case.op("READ_VARIABLE", [a], [left], "ReadVariableOptions")
    case.op("READ_VARIABLE", [b], [right], "ReadVariableOptions")
    y = case.output(t, shape, **numbers)
    case.op("ADD", [left, x], [y], "AddOptions")
    case.op("ASSIGN_VARIABLE", [a, right], [], "AssignVariableOptions")
    case.op("ASSIGN_VARIABLE", [b, left], [], "AssignVariableOptions")
    return case.run_random(4, -4, 4)


def variables(operator):
    for t in ("float32", "int8", "int16"):
        yield counter(operator, t)
        yield two_variables(operator, t)
        yield counter(operator, t, "assigned_first", initial=False)


for _name in ("CALL_ONCE", "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE"):
    family(_name)(lambda name=_name: variables(name))
