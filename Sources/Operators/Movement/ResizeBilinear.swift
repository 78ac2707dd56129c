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
    case .float32: return try floating(context, Float.self, { $0 }, { $0 })
    case .uint8:
      return try floating(
        context, UInt8.self, { Float($0) },
        { UInt8(truncatingIfNeeded: Int32(exactly: ($0 + 0.5).rounded(.towardZero)) ?? 0) })
    case .int8: return try fixed(context, Int8.self, Int32.self)
    case .int16: return try fixed(context, Int16.self, Int64.self)
    case let type:
      throw .unsupportedType("input 0 is \(type); RESIZE_BILINEAR takes float32, int8, int16, uint8")
    }
  }

  private static func floating<Element: BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ type: Element.Type, _ load: @escaping @Sendable (Element) -> Float,
    _ store: @escaping @Sendable (Float) -> Element
  ) throws(KernelError) -> any Kernel {
    try Resizing.kernel(context) {
      $0.neighbours
    } _: { resizing, rows, columns, arguments in
      let input = arguments.input(0, type)
      let output = arguments.output(0, type)
      forEachPixel(resizing, rows, columns) { pixel in
        let (row, column) = (pixel.row, pixel.column)
        for channel in 0..<resizing.channels {
          let upperLeft = load(input[pixel.upperLeft &+ channel]) * (1 - row.weight) * (1 - column.weight)
          let lowerLeft = load(input[pixel.lowerLeft &+ channel]) * row.weight * (1 - column.weight)
          let upperRight = load(input[pixel.upperRight &+ channel]) * (1 - row.weight) * column.weight
          let lowerRight = load(input[pixel.lowerRight &+ channel]) * row.weight * column.weight
          output[pixel.target &+ channel] = store(upperLeft + lowerLeft + upperRight + lowerRight)
        }
      }
    }
  }

  /// - Parameter wide: holds a stored number times 2²⁰.
  private static func fixed<Element: FixedWidthInteger & BitwiseCopyable & Sendable, Wide>(
    _ context: NodeContext, _ type: Element.Type, _ wide: Wide.Type
  ) throws(KernelError) -> any Kernel where Wide: FixedWidthInteger & Sendable {
    let half: Wide = 1 << 19
    return try Resizing.kernel(context) {
      $0.fixedNeighbours
    } _: { resizing, rows, columns, arguments in
      let input = arguments.input(0, type)
      let output = arguments.output(0, type)
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
  private static func forEachPixel<Weight: Sendable>(
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
}
