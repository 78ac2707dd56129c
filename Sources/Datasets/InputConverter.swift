import Foundation
import GraphIR
import Tensors

/// Brings one sample's numbers to the type of a model's input.
///
/// Data of the input's own type go in as they are, unless a mean or scale is given. All others become
/// real numbers in float32, are preprocessed, and then quantized with the input's parameters as QUANTIZE does:
/// round(x / scale) + zero point, halves away from zero, clamped. Integer inputs without parameters
/// take whole numbers in their range.
struct InputConverter: Sendable {
  let elementType: ElementType
  private(set) var preprocessing: Preprocessing
  /// nil for inputs that are not quantized.
  let quantization: Affine?

  /// The real number that a stored one stands for: (stored − zero point) · scale.
  struct Affine: Equatable {
    let scale: Float
    let zeroPoint: Int32
  }

  /// Why an element does not go in.
  struct Problem: Error, Equatable {
    let element: Int
    let reason: String
  }

  init(_ value: Value, _ preprocessing: Preprocessing) {
    elementType = value.elementType
    self.preprocessing = preprocessing
    let parameters = value.quantization
    let isInteger = value.elementType.isInteger && value.elementType.bitWidth ?? 0 <= 16
    quantization =
      isInteger
      ? parameters?.scales?.first.map { scale in
        Affine(
          scale: scale, zeroPoint: Int32(truncatingIfNeeded: parameters?.zeroPoints?.first ?? 0))
      } : nil
  }

  /// The same input with other preprocessing.
  func with(_ preprocessing: Preprocessing) -> InputConverter {
    var result = self
    result.preprocessing = preprocessing
    return result
  }

  /// The real numbers that the input holds; nil where it is not quantized.
  var realRange: ClosedRange<Float>? {
    guard let quantization, quantization.scale > 0, quantization.scale.isFinite,
      let range = NumericElements.range(of: elementType)
    else { return nil }
    let bounds = [range.lowerBound, range.upperBound].map {
      (Float($0) - Float(quantization.zeroPoint)) * quantization.scale
    }
    return bounds[0]...max(bounds[0], bounds[1])
  }

  /// Whether the input's type can be made from numbers.
  var isSupported: Bool {
    [.float32, .float16, .float64].contains(elementType) || NumericElements.range(of: elementType) != nil
  }

  /// Whether data of a type go in unchanged.
  func isRaw(_ type: ElementType) -> Bool { type == elementType && preprocessing.isNone }

  /// - Throws: `Problem` for the first number that is NaN, infinite or out of the input's range.
  func convert(_ bytes: [UInt8], _ type: ElementType) throws(Problem) -> [UInt8] {
    if isRaw(type) {
      if [.float32, .float16, .float64].contains(type) { _ = try reals(bytes, type, isRaw: true) }
      return bytes
    }
    if let range = NumericElements.range(of: elementType), quantization == nil {
      return NumericElements.bytes(try integers(bytes, type, range), as: elementType)
    }
    let reals = try reals(bytes, type, isRaw: false)
    switch elementType {
    case .float16: return NumericElements.bytes(reals.map { Float16($0) })
    case .float64: return NumericElements.bytes(reals.map { Double($0) })
    case .float32: return NumericElements.bytes(reals)
    default: return NumericElements.bytes(quantized(reals), as: elementType)
    }
  }

  /// The share of a sample's elements that quantization clamps; 0 for inputs that are not quantized.
  func clampedShare(_ bytes: [UInt8], _ type: ElementType) -> Double {
    guard let quantization, !isRaw(type), let range = NumericElements.range(of: elementType),
      let floats = NumericElements.floats(bytes, type), !floats.isEmpty
    else { return 0 }
    let clamped = floats.count { element in
      let steps = preprocessing.apply(element) / quantization.scale + Float(quantization.zeroPoint)
      return steps < Float(range.lowerBound) - 0.5 || steps > Float(range.upperBound) + 0.5
    }
    return Double(clamped) / Double(floats.count)
  }

  private func reals(_ bytes: [UInt8], _ type: ElementType, isRaw: Bool) throws(Problem) -> [Float] {
    guard var reals = NumericElements.floats(bytes, type) else {
      throw Problem(element: 0, reason: "is \(type), which is no number")
    }
    if !preprocessing.isNone { reals = reals.map(preprocessing.apply) }
    let limit = elementType == .float16 ? Float(Float16.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    for (index, real) in reals.enumerated() where !(abs(real) <= limit) {
      if isRaw && type == .float64 && !real.isNaN { continue }
      throw Problem(
        element: index, reason: "is \(real.isNaN ? "NaN" : "infinite or too large"); repair the data")
    }
    return reals
  }

  private func quantized(_ reals: [Float]) -> [Int64] {
    guard let quantization, let range = NumericElements.range(of: elementType) else { return [] }
    let (lower, upper) = (Float(range.lowerBound), Float(range.upperBound))
    return reals.map { real in
      let steps = (real / quantization.scale).rounded(.toNearestOrAwayFromZero)
      guard steps.isFinite else { return steps < 0 ? range.lowerBound : range.upperBound }
      return Int64(min(max(steps + Float(quantization.zeroPoint), lower), upper))
    }
  }

  private func integers(
    _ bytes: [UInt8], _ type: ElementType, _ range: ClosedRange<Int64>
  ) throws(Problem) -> [Int64] {
    var integers = preprocessing.isNone ? NumericElements.integers(bytes, type) : nil
    if integers == nil {
      let reals = try reals(bytes, type, isRaw: false)
      integers = reals.map { Int64(exactly: $0) ?? .min }
      if let index = reals.firstIndex(where: { Int64(exactly: $0) == nil }) {
        throw Problem(
          element: index, reason: "is \(reals[index]); the input takes whole \(elementType) numbers")
      }
    }
    let result = integers ?? []
    if let index = result.firstIndex(where: { !range.contains($0) }) {
      throw Problem(element: index, reason: "is \(result[index]), out of the range of \(elementType)")
    }
    return result
  }
}
