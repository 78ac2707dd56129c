// A layered layout of the operators, from top to bottom: layers by the longest path, an order within layers with
// few crossings, and places that keep edges upright.

const graphSizes = { width: 186, height: 40, portHeight: 24, gapX: 18, gapY: 30, laneWidth: 10 };
const mostLanePoints = 20_000;

/** Places the operators, inputs and outputs of a graph of `nnopt inspect`. */
function layoutGraph(graph) {
  const { nodes, edges } = graphParts(graph);
  assignLayers(nodes, edges);
  const layers = layersWithLanes(nodes, edges);
  orderLayers(layers);
  const width = placeAcross(layers);
  const height = placeDown(layers);
  return { nodes, edges, width, height };
}

/** Operators and ports as nodes, activations as edges; constants have no producer and stay out. */
function graphParts(graph) {
  const nodes = [];
  const add = (kind, facts) => {
    const isPort = kind !== "operator";
    const node = {
      kind, ...facts, before: [], after: [], width: graphSizes.width,
      height: isPort ? graphSizes.portHeight : graphSizes.height,
    };
    nodes.push(node);
    return node;
  };
  const producers = new Map();
  for (const tensor of graph.inputs ?? []) producers.set(tensor, add("input", { tensor }));
  const operators = (graph.operators ?? []).map((operator) => add("operator", { operator }));
  for (const node of operators) {
    for (const tensor of node.operator.outputs) producers.set(tensor, node);
  }
  const edges = [];
  const connect = (tensor, to) => {
    const from = producers.get(tensor);
    if (!from || from === to) return;
    const edge = { from, to, tensor, lanes: [] };
    edges.push(edge);
    from.after.push(edge);
    to.before.push(edge);
  };
  for (const node of operators) {
    for (const tensor of new Set(node.operator.inputs)) connect(tensor, node);
  }
  for (const tensor of graph.outputs ?? []) connect(tensor, add("output", { tensor }));
  return { nodes: nodes.filter((node) => node.kind !== "input" || node.after.length > 0), edges };
}

/** The longest path from the inputs; what is in a cycle, which no good file has, goes below the rest. */
function assignLayers(nodes, edges) {
  const open = new Map(nodes.map((node) => [node, node.before.length]));
  const ready = nodes.filter((node) => open.get(node) === 0);
  nodes.forEach((node) => { node.layer = 0; });
  const done = new Set(ready);
  for (let index = 0; index < ready.length; index += 1) {
    for (const edge of ready[index].after) {
      edge.to.layer = Math.max(edge.to.layer, ready[index].layer + 1);
      open.set(edge.to, open.get(edge.to) - 1);
      if (open.get(edge.to) > 0) continue;
      done.add(edge.to);
      ready.push(edge.to);
    }
  }
  const deepest = Math.max(0, ...[...done].map((node) => node.layer));
  nodes.filter((node) => !done.has(node)).forEach((node, index) => { node.layer = deepest + 1 + index; });
  pullSourcesDown(ready);
  for (const edge of edges) {
    if (edge.to.layer > edge.from.layer) continue;
    // An edge of a cycle is drawn upwards and takes no part in the layout.
    edge.isBackward = true;
  }
}

/** What no operator waits for moves down to its first reader, and so do chains of one: short edges are readable. */
function pullSourcesDown(sorted) {
  for (const node of [...sorted].reverse()) {
    if (node.after.length === 0) continue;
    const reader = Math.min(...node.after.map((edge) => edge.to.layer));
    if (node.before.length <= 1 && node.after.length === 1) node.layer = Math.max(node.layer, reader - 1);
    if (node.before.length === 0) node.layer = Math.max(node.layer, reader - 1);
  }
}

/** Layers with a lane for each edge that passes through, so that edges find a way between the nodes. */
function layersWithLanes(nodes, edges) {
  const layers = [];
  const put = (node) => {
    layers[node.layer] ??= [];
    layers[node.layer].push(node);
  };
  nodes.forEach((node) => { node.up = []; node.down = []; put(node); });
  const points = edges.reduce((sum, edge) => sum + Math.max(0, edge.to.layer - edge.from.layer - 1), 0);
  for (const edge of edges) {
    if (edge.isBackward) continue;
    let last = edge.from;
    if (points <= mostLanePoints) {
      for (let layer = edge.from.layer + 1; layer < edge.to.layer; layer += 1) {
        const lane = { isLane: true, layer, width: graphSizes.laneWidth, height: 0, up: [], down: [] };
        edge.lanes.push(lane);
        put(lane);
        link(last, lane);
        last = lane;
      }
    }
    link(last, edge.to);
  }
  return layers.map((layer) => layer ?? []);
}

function link(above, below) {
  above.down.push(below);
  below.up.push(above);
}

/** Sorts layers by the middle of their neighbours, down and up in turns, and keeps the order with fewest crossings. */
function orderLayers(layers) {
  const number = () => layers.forEach((layer) => layer.forEach((node, index) => { node.rank = index; }));
  number();
  let best = layers.map((layer) => [...layer]);
  let fewest = crossingCount(layers);
  for (let sweep = 0; sweep < 16 && fewest > 0; sweep += 1) {
    const side = sweep % 2 === 0 ? "up" : "down";
    const order = side === "up" ? layers : [...layers].reverse();
    for (const layer of order) {
      layer.forEach((node) => { node.middle = middleRank(node[side], node.rank); });
      layer.sort((a, b) => a.middle - b.middle || a.rank - b.rank);
      layer.forEach((node, index) => { node.rank = index; });
    }
    const count = crossingCount(layers);
    if (count >= fewest) continue;
    fewest = count;
    best = layers.map((layer) => [...layer]);
  }
  best.forEach((layer, index) => { layers[index] = layer; });
  number();
}

function middleRank(neighbours, rank) {
  if (neighbours.length === 0) return rank;
  return neighbours.reduce((sum, node) => sum + node.rank, 0) / neighbours.length;
}

/** Crossings of all pairs of neighbouring layers: inversions, counted with a tree of sums. */
function crossingCount(layers) {
  let crossings = 0;
  for (const layer of layers) {
    const ends = layer.flatMap((node) => node.down.map((below) => below.rank).sort((a, b) => a - b));
    const size = ends.reduce((most, end) => Math.max(most, end), 0) + 1;
    const sums = new Array(size + 1).fill(0);
    ends.forEach((end, seen) => {
      let notGreater = 0;
      for (let index = end + 1; index > 0; index -= index & -index) notGreater += sums[index];
      crossings += seen - notGreater;
      for (let index = end + 1; index <= size; index += index & -index) sums[index] += 1;
    });
  }
  return crossings;
}

/** Places across: each layer as near to its neighbours as the order and the gaps let it, down and up in turns. */
function placeAcross(layers) {
  for (const layer of layers) {
    let x = 0;
    for (const node of layer) {
      node.x = x + node.width / 2;
      x += node.width + graphSizes.gapX;
    }
    for (const node of layer) node.x -= x / 2;
  }
  for (let sweep = 0; sweep < 24; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const order = isDown ? layers : [...layers].reverse();
    for (const layer of order) settleLayer(layer, isDown ? "up" : "down");
  }
  const all = layers.flat();
  const left = Math.min(0, ...all.map((node) => node.x - node.width / 2));
  all.forEach((node) => { node.x += 12 - left; });
  return Math.max(0, ...all.map((node) => node.x + node.width / 2)) + 12;
}

/**
 * The places with the least squared distance from the wished ones that keep order and gaps.
 *
 * Less the room to its left, a place may not fall from one node to the next: neighbours that would are pooled at
 * their common mean.
 */
function settleLayer(layer, side) {
  const pools = [];
  let room = 0;
  layer.forEach((node, index) => {
    if (index > 0) room += (layer[index - 1].width + node.width) / 2 + graphSizes.gapX;
    node.room = room;
    const neighbours = node[side];
    const total = neighbours.reduce((sum, other) => sum + other.x, 0);
    const wish = neighbours.length === 0 ? node.x : total / neighbours.length;
    // Lanes pull harder, since a bend in a long edge is worse than a bend at an operator.
    const weight = node.isLane ? 4 : neighbours.length === 0 ? 0.1 : 1;
    let pool = { weight, sum: weight * (wish - room), nodes: [node] };
    while (pools.length > 0 && mean(pools.at(-1)) > mean(pool)) {
      const earlier = pools.pop();
      const nodes = earlier.nodes.concat(pool.nodes);
      pool = { weight: earlier.weight + pool.weight, sum: earlier.sum + pool.sum, nodes };
    }
    pools.push(pool);
  });
  for (const pool of pools) {
    for (const node of pool.nodes) node.x = mean(pool) + node.room;
  }
}

function mean(pool) {
  return pool.sum / pool.weight;
}

/** Places down; a layer is as high as its highest node, and gaps grow where many edges cross the distance. */
function placeDown(layers) {
  let y = 12;
  for (const layer of layers) {
    const height = Math.max(0, ...layer.map((node) => node.height));
    for (const node of layer) {
      node.y = y + height / 2;
      node.layerHeight = height;
    }
    const farthest = Math.max(0, ...layer.flatMap((node) => node.down.map((below) => Math.abs(below.x - node.x))));
    y += height + graphSizes.gapY + Math.min(50, farthest / 25);
  }
  return y;
}
