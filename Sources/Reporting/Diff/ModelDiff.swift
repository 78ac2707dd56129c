import Tensors

/// What differs between two models; renderers only format it.
///
/// Operators and tensors are named by their positions in the files, "before" being the first one.
package struct ModelDiff: Sendable, Encodable {
  /// Sizes side by side; not all of them have to be equal for models of equal content.
  package let figures: [Figure]
  package let operators: [OperatorChange]
  package let tensors: [TensorChange]
  /// Constants in both models whose values differ.
  package let constants: [ConstantChange]
  /// What surrounds the graphs: inputs and outputs, signatures, metadata, description, version.
  package let surroundings: [Change]

  /// A size before and after; nil where it could not be told.
  package struct Figure: Sendable, Encodable {
    package let name: String
    /// Whether the unit is bytes.
    package let isBytes: Bool
    package let before: Int?
    package let after: Int?
  }

  /// A text before and after; nil where there is none.
  package struct Change: Sendable, Equatable, Encodable {
    package let what: String
    package let before: String?
    package let after: String?
  }

  package struct OperatorChange: Sendable, Encodable {
    package enum Kind: String, Sendable, Encodable, CaseIterable {
      case added
      case removed
      /// Another operator writes what it wrote.
      case replaced
      /// It is gone, and its work is done by the operator in `after`.
      case fused
      /// It runs at another place among the others.
      case reordered
      /// Options, version or operands differ.
      case changed
    }

    package let kind: Kind
    package let graph: Int
    package let before: Operator?
    package let after: Operator?
    package let details: [Change]
  }

  package struct Operator: Sendable, Equatable, Encodable {
    package let index: Int
    package let name: String
    /// The name of its first output.
    package let tensor: String
  }

  package struct TensorChange: Sendable, Encodable {
    package enum Kind: String, Sendable, Encodable, CaseIterable {
      case added
      case removed
      case changed
    }

    package let kind: Kind
    package let graph: Int
    /// The name in the second model, or in the first where it is removed.
    package let name: String
    package let beforeIndex: Int?
    package let afterIndex: Int?
    package let isConstant: Bool
    /// Type, shape, quantization, name and the like.
    package let details: [Change]
  }

  package struct ConstantChange: Sendable, Encodable {
    package let graph: Int
    package let name: String
    package let beforeBytes: Int
    package let afterBytes: Int
    /// The largest difference of two elements, as real numbers, by the largest magnitude before; nil where the
    /// elements cannot be compared.
    package let largestRelativeChange: Double?
  }

  /// Whether the models have equal content; file sizes may differ, as the same content can be laid out anew.
  package var isEmpty: Bool {
    operators.isEmpty && tensors.isEmpty && constants.isEmpty && surroundings.isEmpty
  }
}

extension ModelDiff {
  /// What changed, a sentence a line; names in it come from files.
  package var sentences: [String] {
    if isEmpty { return ["the models have equal content"] }
    var lines: [String] = []
    let operatorParts = OperatorChange.Kind.allCases.compactMap { kind in
      Self.count(operators.count { $0.kind == kind }, kind.rawValue)
    }
    if !operatorParts.isEmpty { lines.append("operators: \(operatorParts.joined(separator: ", "))") }
    lines += tensorSentence.map { [$0] } ?? []
    lines += weightSentence.map { [$0] } ?? []
    if !surroundings.isEmpty {
      let names = surroundings.prefix(6).map(\.what) + (surroundings.count > 6 ? ["…"] : [])
      lines.append("around the graphs: \(names.joined(separator: ", "))")
    }
    return lines
  }

  private var tensorSentence: String? {
    let aspects = ["type", "shape", "quantization", "name"].compactMap { what in
      let number = tensors.count { $0.kind == .changed && $0.details.contains { $0.what == what } }
      return number == 0 ? nil : "\(what) of \(number)"
    }
    let parts = TensorChange.Kind.allCases.compactMap { kind in
      Self.count(tensors.count { $0.kind == kind }, kind.rawValue).map {
        kind == .changed && !aspects.isEmpty ? "\($0) (\(aspects.joined(separator: ", ")))" : $0
      }
    }
    return parts.isEmpty ? nil : "tensors: \(parts.joined(separator: ", "))"
  }

  private var weightSentence: String? {
    guard !constants.isEmpty else { return nil }
    let tensors = constants.count.counted("constant")
    guard let largest = constants.compactMap(\.largestRelativeChange).max() else {
      return "weights: \(tensors) changed"
    }
    return
      "weights: \(tensors) changed, at most by \(Figures.percent(largest)) of a constant's largest magnitude"
  }

  private static func count(_ number: Int, _ what: String) -> String? {
    number == 0 ? nil : "\(number) \(what)"
  }
}
