/// A real function on quantized numbers, as TensorFlow Lite tabulates it (`LUTPopulate`).
package struct QuantizedFunction: Sendable {
  package let input: ScaleAndZeroPoint
  package let output: ScaleAndZeroPoint
  private let function: @Sendable (Float) -> Float

  package init(
    input: ScaleAndZeroPoint, output: ScaleAndZeroPoint, _ function: @escaping @Sendable (Float) -> Float
  ) {
    self.input = input
    self.output = output
    self.function = function
  }

  /// The 8-bit result for an 8-bit value.
  package func evaluate<Element: FixedWidthInteger>(_ x: Element) -> Element {
    let real = input.scale * Float(Int32(truncatingIfNeeded: x) &- input.zeroPoint)
    let rounded = (function(real) * (1 / output.scale)).rounded(.toNearestOrAwayFromZero)
    return Element(clamping: Int32(clamping: rounded + Float(output.zeroPoint)))
  }

  /// The function on 16-bit numbers.
  package var table: Int16Table { Int16Table(input: input, output: output, function) }
}

/// A function of 16-bit integers: 512 steps of 128 with linear interpolation.
package struct Int16Table: Sendable {
  private let entries: [Int16]

  /// Each entry takes half the error that interpolation has in the middle of its step.
  package init(
    input: ScaleAndZeroPoint, output: ScaleAndZeroPoint, _ function: (Float) -> Float
  ) {
    let inputMinimum = input.scale * Float(-32768 &- input.zeroPoint)
    let inputMaximum = input.scale * Float(32767 &- input.zeroPoint)
    let outputMinimum = output.scale * Float(-32768 &- output.zeroPoint)
    let outputMaximum = output.scale * Float(32767 &- output.zeroPoint)
    let step = (inputMaximum - inputMinimum) / 512
    let inverse = 65536 / (outputMaximum - outputMinimum)
    func round(_ x: Float) -> Float { x.rounded(.toNearestOrAwayFromZero) }
    var entries = (0..<512).map { index in
      let start = inputMinimum + Float(index) * step
      let sample = round(function(start) * inverse)
      let next = function(inputMinimum + Float(index + 1) * step) * inverse
      let middle = round(function(start + step / 2) * inverse)
      let error = round((next + sample) / 2) - middle
      return Int16(clamping: Int32(clamping: sample - round(error / 2)))
    }
    entries.append(Int16(clamping: Int32(clamping: round(function(inputMaximum) * inverse))))
    self.entries = entries
  }

  @inline(__always)
  package subscript(value: Int16) -> Int16 {
    let index = 256 &+ Int(value &>> 7)
    let base = entries[index]
    let slope = entries[index &+ 1] &- base
    let rise = (Int32(slope) &* Int32(value & 0x7F) &+ 64) &>> 7
    return Int16(truncatingIfNeeded: Int32(base) &+ rise)
  }
}
