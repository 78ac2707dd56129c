package import GraphIR

/// Offsets that a file gives for its tensors, in the metadata entry `OfflineMemoryAllocation`.
///
/// Little-endian int32: version, subgraphs, count, then an offset for every tensor of every subgraph in file
/// order; −1 leaves the choice to the runtime. Version and subgraphs are ignored, as the runtime does.
package struct OfflinePlan: Sendable, Equatable {
  package static let metadataName = "OfflineMemoryAllocation"

  /// Offsets by tensor, through all subgraphs; nil where the runtime chooses.
  package let offsets: [Int?]

  package init(offsets: [Int?]) { self.offsets = offsets }

  /// A plan that leaves every tensor of a model to the runtime: what stock TFLM does without metadata.
  package init(leavingAllOf model: Model) {
    offsets = [Int?](repeating: nil, count: Self.tensorCount(of: model))
  }

  /// The plan that a model carries; nil where it carries none.
  ///
  /// - Throws: `OfflinePlanError` where the entry is not such a plan. The runtime refuses a wrong count, and
  ///   takes any offset without checking it.
  package static func read(from model: Model) throws(OfflinePlanError) -> OfflinePlan? {
    guard let entry = model.metadata?.last(where: { $0.name == metadataName }) else { return nil }
    let words = entry.data.elements(Int32.self).map { Int(Int32(littleEndian: $0)) }
    guard entry.data.byteCount % 4 == 0, words.count >= 3 else {
      throw .malformed(byteCount: entry.data.byteCount)
    }
    let count = tensorCount(of: model)
    guard words[2] == count, words.count - 3 == count else {
      throw .wrongCount(offsets: min(words[2], words.count - 3), tensors: count)
    }
    for (index, offset) in words[3...].enumerated() where offset < -1 {
      throw .negativeOffset(tensor: index, offset: offset)
    }
    return OfflinePlan(offsets: words[3...].map { $0 == -1 ? nil : $0 })
  }

  /// The entry's content for a model with so many subgraphs.
  package func metadataBytes(subgraphCount: Int) -> [UInt8] {
    let header = [1, Int32(clamping: subgraphCount), Int32(clamping: offsets.count)]
    let words = header + offsets.map { $0.map { Int32(clamping: $0) } ?? -1 }
    return words.littleEndianBytes
  }

  /// Tensors of all graphs, which is how many offsets a plan has.
  package static func tensorCount(of model: Model) -> Int { model.graphs.reduce(0) { $0 + $1.values.count } }

  /// Where each graph's tensors begin in `offsets`.
  package static func firstTensors(of model: Model) -> [Int] {
    var next = 0
    return model.graphs.map { graph in
      defer { next += graph.values.count }
      return next
    }
  }
}

/// Why a file's offline plan is none.
package enum OfflinePlanError: Error, Equatable {
  /// Not a whole number of words, or too few for the header.
  case malformed(byteCount: Int)
  /// It gives offsets for another number of tensors than the model has.
  case wrongCount(offsets: Int, tensors: Int)
  /// A tensor before the arena, which the runtime would not notice.
  case negativeOffset(tensor: Int, offset: Int)
}

extension OfflinePlanError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let byteCount):
      "the offline memory plan has \(byteCount) bytes: too few, or no whole words"
    case .wrongCount(let offsets, let tensors):
      "the offline memory plan has \(offsets) offsets for \(tensors) tensors"
    case .negativeOffset(let tensor, let offset):
      "the offline memory plan places tensor \(tensor) at \(offset), before the arena"
    }
  }
}
