package import Tensors

/// A tensor of a graph: what flows along the edges, or a constant.
package struct Value: Sendable {
  package var name: String?
  /// Dimensions as the file stores them; nil where it stores none (a scalar, or rank unknown).
  package var dimensions: [Int32]?
  /// Dimensions with −1 where a converter left them open; nil where the file stores none.
  package var shapeSignature: [Int32]?
  package var elementType: ElementType
  package var quantization: Quantization?
  /// The constant's bytes; empty for an activation.
  package var data: TensorData
  /// Whether the value is state that an operator keeps between invocations (SVDF, LSTM).
  package var isVariable: Bool
  package var attachments: Attachments

  /// Facts of the format that nnopt keeps and does not interpret.
  package struct Attachments: Hashable, Sendable {
    package var hasRank = false
    package var externalBuffer: UInt32 = 0
    package var sparsity: Record?
    package var variantTensors: [Record]?
    /// The member of the union `QuantizationDetails`, if any.
    package var quantizationDetails: FieldValue?

    package init() {}
  }

  package init(
    name: String?, dimensions: [Int32]?, shapeSignature: [Int32]? = nil, elementType: ElementType,
    quantization: Quantization? = nil, data: TensorData = .none, isVariable: Bool = false,
    attachments: Attachments = Attachments()
  ) {
    self.name = name
    self.dimensions = dimensions
    self.shapeSignature = shapeSignature
    self.elementType = elementType
    self.quantization = quantization
    self.data = data
    self.isVariable = isVariable
    self.attachments = attachments
  }

  /// The shape, or nil where a dimension is negative or the element count overflows.
  ///
  /// The reader refuses files in which it is nil.
  package var shape: Shape? { Shape((dimensions ?? []).map(Int.init)) }

  /// Whether the converter left a dimension open.
  package var isOpen: Bool { shapeSignature?.contains { $0 < 0 } ?? false }

  /// Bytes of the dense tensor; a string tensor has none before it runs.
  package var byteCount: Int {
    guard let shape else { return 0 }
    return elementType.byteCount(elementCount: shape.elementCount) ?? 0
  }

  /// Whether the file stores the value's data.
  package var isConstant: Bool { !data.isEmpty }
}
