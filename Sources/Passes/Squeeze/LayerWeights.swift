import GraphIR
import Tensors

/// Weights as a file stores them, of the types that layers with stored arithmetic have.
enum LayerWeights {
  case int8([Int8])
  case uint8([UInt8])
  case float([Float])

  /// - Returns: nil for values that are computed, of other types or sparse, and where bytes are missing.
  init?(_ value: Value) {
    guard value.hasNumbers else { return nil }
    switch value.elementType {
    case .int8: self = .int8(value.data.elements(Int8.self))
    case .uint8: self = .uint8(value.data.elements(UInt8.self))
    case .float32: self = .float(value.data.elements(Float.self))
    default: return nil
    }
  }

  var count: Int {
    switch self {
    case .int8(let numbers): numbers.count
    case .uint8(let numbers): numbers.count
    case .float(let numbers): numbers.count
    }
  }

  subscript(index: Int) -> Double {
    switch self {
    case .int8(let numbers): Double(numbers[index])
    case .uint8(let numbers): Double(numbers[index])
    case .float(let numbers): Double(numbers[index])
    }
  }
}

extension Value {
  /// Whether the file has all bytes of a constant, one number behind the other.
  var hasNumbers: Bool {
    isConstant && !isVariable && attachments.sparsity == nil && data.byteCount == byteCount
  }

  /// The numbers of a constant as they are stored; nil for other types, and where bytes are missing.
  var numbers: [Double]? {
    guard hasNumbers else { return nil }
    switch elementType {
    case .float32: return data.elements(Float.self).map(Double.init)
    case .int8: return data.elements(Int8.self).map(Double.init)
    case .uint8: return data.elements(UInt8.self).map(Double.init)
    case .int16: return data.elements(Int16.self).map(Double.init)
    case .int32: return data.elements(Int32.self).map(Double.init)
    case .int64: return data.elements(Int64.self).map(Double.init)
    default: return nil
    }
  }
}
