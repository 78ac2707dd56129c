import GraphIR
import Striping
import Tensors

/// Nodes of a graph that stand in a row and have one source and one sink.
struct StripedRun {
  let layers: [StripedLayer]
  /// The run's maps as values of the graph, the source first, the sink last.
  let values: [ValueID]
  private(set) var run: StripeRun
  /// Columns of padding that the source has from the start, not row by row.
  private(set) var sourceColumns: (left: Int, right: Int) = (0, 0)
  /// The columns that all want who want some of a map, by map.
  private let wantedColumns: [(left: Int, right: Int)]
  /// The axis of rows, by map.
  let axes: [Int]
  /// An element of padding, by map; zero where nobody pads it.
  let fillers: [[UInt8]]

  /// - Throws: `StripeRefusal` where the nodes have several sources or sinks, or one cannot be in a run.
  init(_ nodes: Range<Int>, in graph: Graph, _ known: StripedLayers) throws(StripeRefusal) {
    let layers = try known.layers(of: nodes)
    guard !layers.isEmpty else { throw StripeRefusal(reason: "it has no layer") }
    let made = layers.map(\.output)
    let sources = Set(layers.flatMap(\.maps)).subtracting(made)
    guard sources.count == 1, let source = sources.first else {
      throw StripeRefusal(reason: "it has several sources")
    }
    let values = [source] + made
    let numbers = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    for value in made.dropLast() {
      guard !graph.outputs.contains(value),
        known.uses.readers[value.index].allSatisfy({ nodes.contains($0) })
      else { throw StripeRefusal(reason: "a map inside of it is read elsewhere") }
    }
    self.layers = layers
    self.values = values
    axes = values.map { known.axes[$0] }
    run = StripeRun(
      maps: zip(values, axes).map { Self.map(graph[$0], $1) },
      layers: layers.map { layer in
        StripeRun.Layer(
          inputs: layer.maps.compactMap { numbers[$0] }, window: layer.rows, rowWork: layer.rowWork)
      })
    wantedColumns = values.indices.map { [run] map in Self.wantedColumns(map, run, layers) }
    fillers = try Self.fillers(values, layers, graph)
  }

  private static func map(_ value: Value, _ axis: Int) -> StripeRun.Map {
    let height = value.shape?[axis] ?? 1
    return StripeRun.Map(height: height, rowBytes: value.byteCount / max(height, 1))
  }

  /// - Throws: `StripeRefusal` where a map is padded with different numbers.
  private static func fillers(
    _ values: [ValueID], _ layers: [StripedLayer], _ graph: Graph
  ) throws(StripeRefusal) -> [[UInt8]] {
    var fillers: [[UInt8]] = []
    for value in values {
      let wanted = Set(layers.filter { $0.maps.contains(value) }.compactMap(\.reach.filler))
      guard wanted.count < 2 else {
        throw StripeRefusal(reason: "what reads a map pads it with different numbers")
      }
      fillers.append(wanted.first ?? graph[value].zeros(1))
    }
    return fillers
  }

  /// Elements of padding of a map.
  func filling(_ map: Int, count: Int) -> [UInt8] { (0..<count).flatMap { _ in fillers[map] } }

  /// An element of padding of a map as a constant.
  func filler(_ map: Int, in graph: Graph) -> Value {
    let value = graph[values[map]]
    var number = Value(
      name: nil, dimensions: [], elementType: value.elementType, quantization: value.quantization)
    number.data = TensorData(fillers[map])
    return number
  }

  /// Whether a map is padded with what stands for zero.
  func isFilledWithZeros(_ map: Int, in graph: Graph) -> Bool { fillers[map] == graph[values[map]].zeros(1) }

  /// The columns of padding that are added to a map's rows when they are made: those that its readers want. Readers that
  /// want none take the rows without them. None where two want different ones; of the source, those that it has from the start.
  func sharedColumns(of map: Int) -> (left: Int, right: Int) {
    map == 0 ? sourceColumns : wantedColumns[map]
  }

  private static func wantedColumns(
    _ map: Int, _ run: StripeRun, _ layers: [StripedLayer]
  ) -> (left: Int, right: Int) {
    let wanted = run.consumers(of: map).map { (layers[$0].left, layers[$0].right) }.filter { $0 != (0, 0) }
    guard let first = wanted.first, wanted.allSatisfy({ $0 == first }) else { return (0, 0) }
    return first
  }

  /// The run with the columns of padding that all who read its source want in the source; nil where they want different
  /// ones, or none.
  func withWideSource(in graph: Graph) -> StripedRun? {
    let wanted = run.consumers(of: 0).map { (layers[$0].left, layers[$0].right) }
    guard sourceColumns == (0, 0), let first = wanted.first, first != (0, 0),
      wanted.allSatisfy({ $0 == first }), graph[values[0]].shape?.rank == 4, axes[0] == 1
    else { return nil }
    let bytes = rowBytes(of: 0, first.0 + first.1, in: graph)
    var wide = self
    wide.sourceColumns = first
    wide.run = StripeRun(
      maps: [StripeRun.Map(height: run.maps[0].height, rowBytes: bytes)] + run.maps.dropFirst(),
      layers: run.layers)
    return wide
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
    guard columns > 0, let shape = graph[values[map]].shape, shape.rank == 4, shape[3 - axes[map]] > 0 else {
      return run.maps[map].rowBytes
    }
    let width = shape[3 - axes[map]]
    let own = map == 0 ? sourceColumns.left + sourceColumns.right : 0
    return run.maps[map].rowBytes / (width + own) * (width + columns)
  }

  /// Whether each of a map's rows is one piece of memory.
  func isContiguous(_ map: Int, in graph: Graph) -> Bool {
    guard let shape = graph[values[map]].shape else { return false }
    return (0..<axes[map]).allSatisfy { shape[$0] == 1 }
  }

  /// Whether what the loop reads is another tensor than the run's source.
  func needsPadding(_ source: StripeSource) -> Bool { !source.isPlain || sourceColumns != (0, 0) }

  /// Whether images are cut into columns.
  func isByColumns(in graph: Graph) -> Bool { axes[run.sink] == 2 && !isContiguous(run.sink, in: graph) }

  /// So many rows of a map, with columns more than it has.
  func rows(_ map: Int, _ count: Int, columns: Int = 0, named name: String, in graph: Graph) -> Value {
    let columns = map == 0 ? columns + sourceColumns.left + sourceColumns.right : columns
    var value = graph[values[map]]
    value.name = name
    value.dimensions?[axes[map]] = Int32(clamping: count)
    if columns > 0 { value.dimensions?[3 - axes[map]] += Int32(clamping: columns) }
    value.shapeSignature = nil
    value.data = .none
    return value
  }

  /// An index of a map's first element of a row and column.
  func box(_ map: Int, row: Int, column: Int = 0, in graph: Graph) -> [Int] {
    var box = [Int](repeating: 0, count: graph[values[map]].dimensions?.count ?? 4)
    if box.indices.contains(axes[map]) { box[axes[map]] = row }
    if column > 0 { box[3 - axes[map]] = column }
    return box
  }

  /// What PAD adds on both sides of each axis of a map.
  func paddings(
    _ map: Int, rows: (before: Int, after: Int) = (0, 0), columns: (left: Int, right: Int) = (0, 0),
    in graph: Graph
  ) -> [Int] {
    var numbers = [Int](repeating: 0, count: 2 * (graph[values[map]].dimensions?.count ?? 4))
    numbers[2 * axes[map]] = rows.before
    numbers[2 * axes[map] + 1] = rows.after
    if columns != (0, 0) {
      numbers[2 * (3 - axes[map])] = columns.left
      numbers[2 * (3 - axes[map]) + 1] = columns.right
    }
    return numbers
  }
}
