import GraphIR
import Striping

/// Nodes of a graph that stand in a row and have one source and one sink.
struct StripedRun {
  let layers: [StripedLayer]
  /// The run's maps as values of the graph, the source first, the sink last.
  let values: [ValueID]
  let run: StripeRun

  /// - Throws: `StripeRefusal` where the nodes have several sources or sinks, or one cannot be in a run.
  init(_ nodes: Range<Int>, in graph: Graph, layers known: [Result<StripedLayer, StripeRefusal>])
    throws(StripeRefusal)
  {
    var layers: [StripedLayer] = []
    for index in nodes { layers.append(try known[index].get()) }
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
}
