package import Runtimes

/// How a predicted arena is made up, one figure a line.
package struct ArenaDerivation: Sendable {
  /// A part of the arena: its bytes, and whether they are part of the line before.
  package struct Item: Sendable, Equatable {
    package let name: String
    package let bytes: Int
    package let isDetail: Bool
  }

  package let items: [Item]

  package init(_ prediction: TFLMPrediction) {
    let scratch = prediction.scratch.reduce(0) { $0 + $1.bytes }
    let requests = prediction.scratch.count
    let tail = prediction.tail
    let details: [(String, Int)] = [
      ("allocator and subgraphs", tail.runtimeObjectBytes), ("TfLiteEvalTensor", tail.evalTensorBytes),
      ("NodeAndRegistration", tail.nodeBytes), ("operator options", tail.parameterBytes),
      ("kernels' persistent buffers", tail.persistentBufferBytes), ("variable tensors", tail.variableBytes),
      ("TfLiteTensor of inputs and outputs", tail.persistentTensorBytes),
      ("their quantization", tail.quantizationBytes),
    ]
    let scratchItems =
      requests == 0
      ? [] : [Item(name: "scratch requests among them: \(requests)", bytes: scratch, isDetail: true)]
    let whole = (prediction.totalBytes + 15) / 16 * 16
    let planning = max(0, prediction.smallestArenaBytes - whole)
    items =
      [Item(name: "head: planned tensors and scratch buffers", bytes: prediction.headBytes, isDetail: false)]
      + scratchItems
      + [Item(name: "tail: what stays for good", bytes: prediction.tailBytes, isDetail: false)]
      + details.filter { $0.1 > 0 }.map { Item(name: $0.0, bytes: $0.1, isDetail: true) }
      + [
        Item(name: "rounding up to 16", bytes: whole - prediction.totalBytes, isDetail: false),
        Item(name: "more while the runtime allocates and plans", bytes: planning, isDetail: false),
      ].filter { $0.bytes > 0 }
      + [Item(name: "arena", bytes: prediction.smallestArenaBytes, isDetail: false)]
  }

  /// The items in columns; details are indented.
  var lines: [String] {
    items.map { item in
      let number = SourceText.grouped(item.bytes)
      let padding = String(repeating: " ", count: max(0, 12 - number.count))
      return padding + number + (item.isDetail ? "    " : "  ") + item.name
    }
  }
}
