package import GraphIR

/// A picture N×H×W×C in the size in operand 1, each pixel the nearest old one (`align_corners` and
/// `half_pixel_centers` as in TFLM).
package enum ResizeNearestNeighbor: Operator {
  package static let builtin = BuiltinOperator.resizeNearestNeighbor

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try NearestElement(width: context.movableByteCount(input: 0)).kernel(context)
  }
}

private struct NearestElement: ResizingFunction {
  /// Bytes of an element.
  let width: Int

  func table(_ axis: Resizing.Axis) -> [Int] { axis.nearest }

  func run(_ resizing: Resizing, _ rows: [Int], _ columns: [Int], _ arguments: KernelArguments) {
    let pixel = resizing.channels * width
    let source = arguments.input(0, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    let sourceRow = resizing.width.input * pixel
    let targetRow = resizing.width.output * pixel
    for batch in 0..<resizing.batches {
      for (index, row) in rows.enumerated() {
        let to = (batch * rows.count + index) * targetRow
        if index > 0, row == rows[index - 1] {
          target.copy(from: target, to - targetRow..<to, to: to)
          continue
        }
        let from = (batch * resizing.height.input + row) * sourceRow
        for (column, nearest) in columns.enumerated() {
          let start = from + nearest * pixel
          target.copy(from: source, start..<start + pixel, to: to + column * pixel)
        }
      }
    }
  }
}
