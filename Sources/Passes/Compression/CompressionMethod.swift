import GraphIR
import Operators

/// How constants become smaller.
package enum CompressionMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// A prefix code.
  case huffman
  /// A mask of what is not zero.
  case prune
  /// Sixteen numbers for each channel; the one that changes weights.
  case lut4
  /// The smallest form without loss: a prefix code, a mask, or a table.
  case auto

  package var isLossless: Bool { self != .lut4 }

  /// The smallest of the method's forms; nil where none takes the constant.
  func code(_ value: Value) -> CodedConstant? {
    let forms: [CodedConstant?] =
      switch self {
      case .huffman: [HuffmanCoder.code(value)]
      case .prune: [MaskCoder.code(value)]
      case .lut4: [LookupCoder.cluster(value, levels: 16)]
      case .auto: [HuffmanCoder.code(value), MaskCoder.code(value), LookupCoder.code(value)]
      }
    return forms.compactMap(\.self).min { $0.byteCount < $1.byteCount }
  }
}

extension WeightCoding {
  /// The coding in a sentence.
  var words: String {
    switch self {
    case .lookup(let width, _): "a table and \(width) bits each"
    case .huffman: "Huffman"
    case .mask: "a mask"
    }
  }
}

/// How much memory decoded constants may take.
package enum CompressionBudget: Sendable, Hashable {
  /// The head of the arena may grow by so many bytes beyond that of the planned model.
  case headGrowth(Int)
  /// The whole arena may take so many bytes.
  case arena(Int)
}
