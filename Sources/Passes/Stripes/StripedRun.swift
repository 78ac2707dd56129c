import GraphIR
import Striping

/// Nodes of a graph that stand in a row and have one source and one sink.
struct StripedRun {
  let layers: [StripedLayer]
  /// The run's maps as values of the graph, the source first, the sink last.
  let values: [ValueID]
  let run: StripeRun

  /// - Throws: `StripeRefusal` where the nodes have several sources or sinks, or one cannot be in a run.
  init(_ nodes: Range<Int>, in graph: Graph, _ known: StripedLayers)
    throws(StripeRefusal)
  {
    let layers = try known.layers(of: nodes)
    guard !layers.isEmpty else { throw StripeRefusal(reason: "it has no layer") }
    let made = layers.map(\.output)
    let sources = Set(layers.flatMap(\.maps)).subtracting(made)
    guard sources.count == 1, let source = sources.first else {
      throw StripeRefusal(reason: "it has several sources")
    }
    let values = [source] + made
    let numbers = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    let outside = graph.nodes.indices.filter { !nodes.contains($0) }
    for value in made.dropLast() {
      guard !graph.outputs.contains(value),
        !outside.contains(where: { graph.nodes[$0].inputs.contains(value) })
      else { throw StripeRefusal(reason: "a map inside of it is read elsewhere") }
    }
    self.layers = layers
    self.values = values
    run = StripeRun(
      maps: values.map { Self.map(graph[$0]) },
      layers: layers.map { layer in
        StripeRun.Layer(
          inputs: layer.maps.compactMap { numbers[$0] }, window: layer.rows, rowWork: layer.rowWork)
      })
  }

  private static func map(_ value: Value) -> StripeRun.Map {
    let height = value.shape?[1] ?? 1
    return StripeRun.Map(height: height, rowBytes: value.byteCount / max(height, 1))
  }

  /// The columns of padding that are added to a map's rows when they are made: those that its readers want. Readers that
  /// want none take the rows without them. None where two want different ones, and of the source.
  func sharedColumns(of map: Int) -> (left: Int, right: Int) {
    let wanted = run.consumers(of: map).map { (layers[$0].left, layers[$0].right) }.filter { $0 != (0, 0) }
    guard map > 0, let first = wanted.first, wanted.allSatisfy({ $0 == first }) else { return (0, 0) }
    return first
  }

  /// Whether a layer takes a map's rows without the columns of padding that they have.
  func dropsColumns(of map: Int, for layer: Int) -> Bool {
    sharedColumns(of: map) != (0, 0) && (layers[layer].left, layers[layer].right) == (0, 0)
  }

  /// Bytes of a map's row as it is kept.
  func keptRowBytes(of map: Int, in graph: Graph) -> Int {
    let columns = sharedColumns(of: map)
    return rowBytes(of: map, columns.left + columns.right, in: graph)
  }

  /// Bytes of a map's row with so many columns more.
  func rowBytes(of map: Int, _ columns: Int, in graph: Graph) -> Int {
    guard let width = graph[values[map]].shape?[2], width > 0 else { return run.maps[map].rowBytes }
    return run.maps[map].rowBytes / width * (width + columns)
  }
}
