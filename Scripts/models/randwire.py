"""A randomly wired body: Watts-Strogatz graphs whose nodes have unequal widths.

A node projects each of its inputs to a few channels, adds these projections, and
expands the sum to its own width. Keras writes the operators by their depth, which is
not the order of least peak memory: a wide result stays alive until its last reader,
though projecting it at once would let it go.
"""

import random

from keras import layers

from blocks import conv, depthwise

WIDTHS = (8, 16, 32, 64)
INNER = (4, 8, 12)
NEIGHBOURS = 4
REWIRE = 0.75


def watts_strogatz(count, rng):
    """Directed edges (low, high) of a rewired ring of `count` nodes."""
    edges = set()
    for step in range(1, NEIGHBOURS // 2 + 1):
        for node in range(count):
            edges.add(tuple(sorted((node, (node + step) % count))))
    for edge in sorted(edges):
        if rng.random() >= REWIRE:
            continue
        free = [n for n in range(count) if n != edge[0]
                and tuple(sorted((edge[0], n))) not in edges]
        if free:
            edges.remove(edge)
            edges.add(tuple(sorted((edge[0], rng.choice(free)))))
    return sorted(edges)


def wiring(count, seed):
    """For each node its sources, inner width and width; and the nodes nobody reads."""
    rng = random.Random(seed)
    edges = watts_strogatz(count, rng)
    nodes = [([low for low, high in edges if high == node],
              rng.choice(INNER), rng.choice(WIDTHS)) for node in range(count)]
    sinks = [n for n in range(count) if all(low != n for low, _ in edges)]
    return nodes, sinks


def _node(inputs, inner, width):
    """Projections to `inner` channels, their sum, 3x3 depthwise, expansion to `width`."""
    parts = [conv(x, inner, 1, activation=None) for x in inputs]
    x = parts[0]
    for part in parts[1:]:
        x = layers.Add()([x, part])
    x = layers.Activation("relu")(x)
    return conv(depthwise(x, activation=None), width, 1)


def stage(x, count, filters, seed):
    """One randomly wired stage; its sinks are projected to `filters` and added."""
    nodes, sinks = wiring(count, seed)
    results = []
    for sources, inner, width in nodes:
        inputs = [results[n] for n in sources] or [x]
        results.append(_node(inputs, inner, width))
    x = conv(results[sinks[0]], filters, 1, activation=None)
    for sink in sinks[1:]:
        x = layers.Add()([x, conv(results[sink], filters, 1, activation=None)])
    return layers.Activation("relu")(x)


def randwire_body(x):
    """A strided stem, a stage at 14x14, a pool and a stage at 7x7."""
    x = conv(x, 16, 3, strides=2)
    x = stage(x, count=10, filters=24, seed=28)
    x = layers.MaxPooling2D()(x)
    return stage(x, count=6, filters=64, seed=2)
