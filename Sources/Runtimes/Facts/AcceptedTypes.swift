import GraphIR
import Tensors

/// The element types that TFLM's kernel of an operator takes.
///
/// The combinations with which the tflite-micro Python package of October 2026 runs single operators, and
/// for those that were not tried, the cases of the kernel's source.
package enum AcceptedTypes: Sendable {
  /// Each rule has to hold.
  case only([KernelTypes])
  /// The same of an operator whose second operand is weights.
  case layer([KernelTypes])
  /// All types that occur.
  case all(because: String)
  case unknown(because: String)

  package var rules: [KernelTypes] {
    switch self {
    case .only(let rules), .layer(let rules): rules
    case .all, .unknown: []
    }
  }

  package var isLayer: Bool { if case .layer = self { true } else { false } }
}

/// What several operators take.
extension AcceptedTypes {
  /// One rule for the first input.
  static func input(_ types: ElementType...) -> AcceptedTypes {
    .only([KernelTypes(.input(0), accept: types.map { [$0] })])
  }

  /// One rule for the output, where that is what the kernel looks at: operands of other types are read as if they had its.
  static func output(_ types: ElementType...) -> AcceptedTypes {
    .only([KernelTypes(.output(0), accept: types.map { [$0] })])
  }

  static let float = input(.float32)
  static let floatOrInt8 = input(.float32, .int8)
  static let floatOrSmall = input(.float32, .int8, .int16)
  static let numbers = input(.float32, .int8, .int16, .int32)
  static let comparable = input(.float32, .int8, .int32, .int64)
  static let equatable = input(.float32, .int8, .int32, .int64, .bool)

  /// ARG_MAX and ARG_MIN.
  static let argument = only([
    KernelTypes(
      .input(0), .input(1), .output(0), accept: [[.float32, .int32, .int32], [.int8, .int32, .int32]])
  ])

  /// GATHER and GATHER_ND.
  static let gathering = only([
    KernelTypes(.input(0), .input(1), accept: [[.float32, .int32], [.int8, .int32]])
  ])

  /// `conv_common.cc` and its like refuse all other pairs of activations and weights as hybrid models.
  static let weighted = layer([
    KernelTypes(
      .input(0), .input(1),
      accept: [[.float32, .float32], [.int8, .int8], [.int8, .int4], [.int16, .int8]])
  ])
}
