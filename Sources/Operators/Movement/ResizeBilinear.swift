package import GraphIR
import Tensors

/// A picture N×H×W×C in the size in operand 1, each pixel between four old ones (`align_corners` and
/// `half_pixel_centers` as in TFLM).
///
/// int8 and int16 compute with positions in 1/1024 of a pixel, float32 and uint8 in float.
package enum ResizeBilinear: Operator {
  package static let builtin = BuiltinOperator.resizeBilinear

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try FloatInterpolation<Float>().kernel(context)
    case .uint8: return try FloatInterpolation<UInt8>().kernel(context)
    case .int8: return try FixedInterpolation<Int8, Int32>().kernel(context)
    case .int16: return try FixedInterpolation<Int16, Int64>().kernel(context)
    case let type:
      throw .unsupportedType("input 0 is \(type); RESIZE_BILINEAR takes float32, int8, int16, uint8")
    }
  }
}

/// An element that is interpolated as a float.
private protocol InterpolatedElement: BitwiseCopyable, Sendable {
  var real: Float { get }

  init(interpolated real: Float)
}

extension Float: InterpolatedElement {
  var real: Float { self }

  init(interpolated real: Float) { self = real }
}

extension UInt8: InterpolatedElement {
  var real: Float { Float(self) }

  init(interpolated real: Float) {
    self.init(truncatingIfNeeded: Int32(exactly: (real + 0.5).rounded(.towardZero)) ?? 0)
  }
}

private struct FloatInterpolation<Element: InterpolatedElement>: ResizingFunction {
  func table(_ axis: Resizing.Axis) -> [Resizing.Neighbours<Float>] { axis.neighbours }

  func run(
    _ resizing: Resizing, _ rows: [Resizing.Neighbours<Float>], _ columns: [Resizing.Neighbours<Float>],
    _ arguments: KernelArguments
  ) {
    let input = arguments.input(0, Element.self)
    let output = arguments.output(0, Element.self)
    forEachPixel(resizing, rows, columns) { pixel in
      let (row, column) = (pixel.row, pixel.column)
      for channel in 0..<resizing.channels {
        let upperLeft = input[pixel.upperLeft &+ channel].real * (1 - row.weight) * (1 - column.weight)
        let lowerLeft = input[pixel.lowerLeft &+ channel].real * row.weight * (1 - column.weight)
        let upperRight = input[pixel.upperRight &+ channel].real * (1 - row.weight) * column.weight
        let lowerRight = input[pixel.lowerRight &+ channel].real * row.weight * column.weight
        output[pixel.target &+ channel] = Element(
          interpolated: upperLeft + lowerLeft + upperRight + lowerRight)
      }
    }
  }
}

/// `Wide` holds a stored number times 2²⁰.
private struct FixedInterpolation<
  Element: KernelInteger, Wide: FixedWidthInteger & Sendable
>: ResizingFunction {
  func table(_ axis: Resizing.Axis) -> [Resizing.Neighbours<Int>] { axis.fixedNeighbours }

  func run(
    _ resizing: Resizing, _ rows: [Resizing.Neighbours<Int>], _ columns: [Resizing.Neighbours<Int>],
    _ arguments: KernelArguments
  ) {
    let half: Wide = 1 << 19
    let input = arguments.input(0, Element.self)
    let output = arguments.output(0, Element.self)
    forEachPixel(resizing, rows, columns) { pixel in
      let below = Wide(truncatingIfNeeded: pixel.row.weight)
      let right = Wide(truncatingIfNeeded: pixel.column.weight)
      let (above, left) = (1024 &- below, 1024 &- right)
      for channel in 0..<resizing.channels {
        let upper =
          Wide(input[pixel.upperLeft &+ channel]) &* left &+ Wide(input[pixel.upperRight &+ channel])
          &* right
        let lower =
          Wide(input[pixel.lowerLeft &+ channel]) &* left &+ Wide(input[pixel.lowerRight &+ channel])
          &* right
        let sum = upper &* above &+ lower &* below
        let rounded = sum &+ (sum > 0 ? half : 0 &- half)
        output[pixel.target &+ channel] = Element(truncatingIfNeeded: rounded / (half &+ half))
      }
    }
  }
}

private struct Pixel<Weight: Sendable> {
  let target: Int
  let upperLeft: Int
  let upperRight: Int
  let lowerLeft: Int
  let lowerRight: Int
  let row: Resizing.Neighbours<Weight>
  let column: Resizing.Neighbours<Weight>
}

@inline(__always)
private func forEachPixel<Weight: Sendable>(
  _ resizing: Resizing, _ rows: [Resizing.Neighbours<Weight>], _ columns: [Resizing.Neighbours<Weight>],
  _ body: (Pixel<Weight>) -> Void
) {
  let channels = resizing.channels
  var target = 0
  for batch in 0..<resizing.batches {
    for row in rows {
      let upper = (batch * resizing.height.input + row.lower) * resizing.width.input
      let lower = (batch * resizing.height.input + row.upper) * resizing.width.input
      for column in columns {
        body(
          Pixel(
            target: target, upperLeft: (upper + column.lower) * channels,
            upperRight: (upper + column.upper) * channels, lowerLeft: (lower + column.lower) * channels,
            lowerRight: (lower + column.upper) * channels, row: row, column: column))
        target += channels
      }
    }
  }
}
