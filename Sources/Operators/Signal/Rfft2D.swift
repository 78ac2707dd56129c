import Foundation
package import GraphIR
import Tensors

/// The Fourier transform of pictures of float32, cut or filled up with zeros to the sizes in operand 1, as the half of
/// their spectra that tells all; equals LiteRT's RFFT2D to the last bit or the one before, as both compute in double
/// precision by different steps.
package enum Rfft2D: Operator {
  package static let builtin = BuiltinOperator.rfft2D

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let types = (try context.input(0).elementType, try context.output().elementType)
    guard types == (.float32, .complex64) else {
      throw .unsupportedType("input 0 is \(types.0) and output 0 \(types.1), expected float32 and complex64")
    }
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    guard input.rank >= 2 else { throw .invalidShape("input 0 is \(input), expected rows and columns") }
    let sizes = try IntegerOperand(context, input: 1, types: [.int32])
    guard sizes.count == 2 else {
      throw .invalidShape("input 1 has \(sizes.count) elements, expected two sizes")
    }
    let plan = PictureSpectrumPlan(input: input, output: try context.outputShape())
    return try plan.kernel(for: [sizes])
  }
}

private struct PictureSpectrumPlan: KernelPlan {
  let input: Shape
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> PictureSpectrum {
    let sizes = operands[0]
    guard sizes.allSatisfy({ $0 > 0 && $0 <= 1 << 16 && $0 & ($0 - 1) == 0 }), sizes[1] > 1 else {
      throw .unsupported("the sizes \(sizes) must be powers of two up to 65536, and of columns at least 2")
    }
    let leading = Array(input.dimensions.dropLast(2))
    try NodeContext.requireOutput(output, is: leading + [sizes[0], sizes[1] / 2 + 1])
    return PictureSpectrum(
      pictures: leading.reduce(1) { $0.saturatingMultiply($1) }, rows: input[input.rank - 2],
      columns: input[input.rank - 1], height: sizes[0], width: sizes[1])
  }
}

private struct PictureSpectrum: Kernel {
  let pictures: Int
  let rows: Int
  let columns: Int
  /// The transform's rows.
  let height: Int
  let width: Int

  func run(_ arguments: KernelArguments) {
    let (rowCircle, columnCircle) = (PowerTransform(width), PowerTransform(height))
    let frequencies = width / 2 + 1
    for picture in 0..<pictures {
      var half = [[PowerTransform.Point]](repeating: [], count: frequencies)
      for row in 0..<height {
        let spectrum = rowCircle(line(arguments, picture, row))
        for frequency in 0..<frequencies { half[frequency].append(spectrum[frequency]) }
      }
      let target = arguments.output(0, Float.self)
      for frequency in 0..<frequencies {
        for (row, point) in columnCircle(half[frequency]).enumerated() {
          let place = 2 * ((picture * height + row) * frequencies + frequency)
          target[place] = Float(point.real)
          target[place + 1] = Float(point.imaginary)
        }
      }
    }
  }

  /// A row of a picture with zeros behind it.
  private func line(_ arguments: KernelArguments, _ picture: Int, _ row: Int) -> [PowerTransform.Point] {
    let source = arguments.input(0, Float.self)
    return (0..<width).map { column in
      guard row < rows, column < columns else { return (0, 0) }
      return (Double(source[(picture * rows + row) * columns + column]), 0)
    }
  }
}

/// A Fourier transform of a power of two of complex numbers.
private struct PowerTransform {
  typealias Point = (real: Double, imaginary: Double)

  private let circle: [Point]

  init(_ size: Int) {
    circle = (0..<max(1, size / 2)).map { index in
      let angle = -2 * Double.pi * Double(index) / Double(size)
      return (cos(angle), sin(angle))
    }
  }

  func callAsFunction(_ points: [Point]) -> [Point] { transform(points, stride: 1) }

  private func transform(_ points: [Point], stride: Int) -> [Point] {
    guard points.count > 1 else { return points }
    let half = points.count / 2
    let even = transform((0..<half).map { points[2 * $0] }, stride: 2 * stride)
    let odd = transform((0..<half).map { points[2 * $0 + 1] }, stride: 2 * stride)
    var result = points
    for index in 0..<half {
      let (left, right, turn) = (even[index], odd[index], circle[index * stride])
      let real = right.real * turn.real - right.imaginary * turn.imaginary
      let imaginary = right.real * turn.imaginary + right.imaginary * turn.real
      result[index] = (left.real + real, left.imaginary + imaginary)
      result[index + half] = (left.real - real, left.imaginary - imaginary)
    }
    return result
  }
}
