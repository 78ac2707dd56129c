import GraphIR
package import Tensors

/// An input or an output of a model, as a program fills or reads it.
package struct FirmwarePort: Sendable, Equatable {
  package enum Direction: String, Sendable {
    case input
    case output
  }

  package let direction: Direction
  /// Position in the list of inputs or outputs.
  package let index: Int
  package let name: String
  /// What a signature calls it; nil without one.
  package let signatureName: String?
  package let elementType: ElementType
  package let dimensions: [Int]
  package let elementCount: Int
  package let byteCount: Int
  /// Real number of one step; nil where the tensor holds real numbers themselves.
  package let scale: Float?
  /// The stored number that means zero.
  package let zeroPoint: Int64

  init(_ direction: Direction, _ index: Int, _ value: Value, signatureName: String? = nil) {
    self.signatureName = signatureName
    self.direction = direction
    self.index = index
    name = value.name ?? ""
    elementType = value.elementType
    dimensions = value.shape?.dimensions ?? []
    elementCount = value.shape?.elementCount ?? 0
    byteCount = value.byteCount
    let scales = value.quantization?.scales ?? []
    let usable =
      scales.count == 1 && scales.allSatisfy { $0.isFinite && $0 > 0 } && value.elementType.isInteger
    scale = usable ? scales.first : nil
    zeroPoint = usable ? value.quantization?.zeroPoints?.first ?? 0 : 0
  }

  /// The main graph's ports; absent ones keep their positions.
  static func all(_ direction: Direction, of model: Model) -> [FirmwarePort] {
    guard let graph = model.graphs.first else { return [] }
    let ids = direction == .input ? graph.inputs : graph.outputs
    return ids.enumerated().compactMap { index, id in
      id.map {
        FirmwarePort(
          direction, index, graph[$0], signatureName: PortNames.signatureName(of: $0, direction, in: model))
      }
    }
  }

  /// What constants of the port start with: `kInput0`.
  var prefix: String { "k\(direction == .input ? "Input" : "Output")\(index)" }

  /// The C++ type of an element; nil where a program sees bytes only.
  var cppType: String? {
    switch elementType {
    case .float32: "float"
    case .int8: "int8_t"
    case .uint8: "uint8_t"
    case .int16: "int16_t"
    case .uint16: "uint16_t"
    case .int32: "int32_t"
    case .uint32: "uint32_t"
    case .int64: "int64_t"
    case .uint64: "uint64_t"
    case .float64: "double"
    case .bool: "bool"
    default: nil
    }
  }
}
