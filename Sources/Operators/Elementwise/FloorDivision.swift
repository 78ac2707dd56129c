import Foundation
import Tensors

/// Division rounded down, and its remainder, which has the divisor's sign; by zero it is not defined.
struct FloorQuotient<Element: KernelInteger>: BinaryFunction {
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    let (quotient, remainder) = (
      a.dividedReportingOverflow(by: b).partialValue, a.remainderReportingOverflow(dividingBy: b).partialValue
    )
    return remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient
  }

  func check(_ right: TensorBuffer<Element>) throws(KernelError) { try right.refuse(0) }
}

struct FloorRemainder<Element: KernelInteger>: BinaryFunction {
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    let remainder = a.remainderReportingOverflow(dividingBy: b).partialValue
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }

  func check(_ right: TensorBuffer<Element>) throws(KernelError) { try right.refuse(0) }
}

struct FloatFloorQuotient: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: Float, _ b: Float) -> Float { (a / b).rounded(.down) }
}

struct FloatFloorRemainder: BinaryFunction {
  func callAsFunction(_ a: Float, _ b: Float) -> Float {
    let remainder = fmodf(a, b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }
}
