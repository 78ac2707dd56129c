import GraphIR
import Runtimes
import Tensors

/// Types that a kernel of TFLM does not take, what they are called, and what helps.
struct TypeRefusal: Equatable {
  let kind: FirmwareWarning.Kind
  let problem: String
  let remedy: String

  /// - Parameters:
  ///   - types: Those of the operands that the kernel looks at, the data before the weights.
  ///   - accepted: What it takes, in words.
  init(_ operatorName: String, _ types: [ElementType], accepted: String) {
    let has = types.map(\.description).joined(separator: "×")
    let isWeighted = types.count > 1 && types[0] == .float32
    switch types {
    case _ where types.contains(.float16):
      kind = .float16
      problem = "TFLM's \(operatorName) does not take float16"
      remedy =
        "'nnopt optimize' stores float32 weights (--quantize float32), or quantizes (--quantize int8 or int16x8)."
    case _
    where isWeighted && [.int8, .uint8, .int4].contains(types[1]) && Self.isLayer(operatorName):
      kind = .hybrid
      problem = "float activations with \(types[1]) weights are a hybrid model, which TFLM has no kernels for"
      remedy =
        "'nnopt optimize --quantize int8 --calibrate …' (or int16x8) quantizes activations too; --quantize float32 makes floats."
    case _ where types.contains(.uint8) && operatorName != "CAST":
      kind = .uint8
      problem = "it works on uint8, which TFLM has given up"
      remedy = "'nnopt optimize --quantize int8 --calibrate …' makes int8 of it."
    case _ where types.contains(.int4):
      kind = .int4
      problem = "TFLM's \(operatorName) does not take \(has), but \(accepted)"
      remedy = "Store the weights as int8; int4 needs int8 activations."
    default:
      kind = .types
      problem = "TFLM's \(operatorName) does not take \(has), but \(accepted)"
      remedy = "Convert the model so that this operator works on one of these, or compute it outside."
    }
  }

  /// Whether an operator's second operand is weights.
  private static func isLayer(_ operatorName: String) -> Bool {
    guard let builtin = BuiltinOperator(name: operatorName) else { return false }
    return TFLMOperator[OperatorCode(builtin)]?.types.isLayer == true
  }
}
