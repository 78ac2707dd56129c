import Tensors

/// The index arithmetic of pools: NHWC input and output, one window per output pixel.
struct PoolShape: Sendable {
  let batches: Int
  let rows: Window
  let columns: Window
  let channels: Int

  var inputCount: Int { batches * rows.input * columns.input * channels }
  var outputCount: Int { batches * rows.output * columns.output * channels }

  init(batches: Int, rows: Window, columns: Window, channels: Int) {
    self.batches = batches
    self.rows = rows
    self.columns = columns
    self.channels = channels
  }

  /// - Throws: `invalidShape` where shapes do not fit the options or each other, or an output's window
  ///   meets no input; `unsupportedType` where the output's type is not the input's.
  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.inputShape(0, rank: 4)
    let options = context.attributes
    let axes = try SpatialAxes(
      context, input: input, filterHeight: options.integer("filter_height"),
      filterWidth: options.integer("filter_width"), channels: (input[3], "input 0 is \(input)"))
    try context.requireSameType()
    try context.requireDense(input: 0)
    let isEmpty = try context.outputShape().elementCount == 0
    guard axes.rows.input > 0 && axes.columns.input > 0 || isEmpty else {
      throw .invalidShape("input 0 is \(input): a window without elements has no result")
    }
    (rows, columns) = (axes.rows, axes.columns)
    batches = input[0]
    channels = input[3]
  }

  /// Calls back for every output pixel, in order, with the index of its first element.
  @inline(__always)
  func forEachOutput(_ body: (_ output: Int, _ window: PoolWindow) -> Void) {
    guard outputCount > 0 else { return }
    var output = 0
    for batch in 0..<batches {
      for row in 0..<rows.output {
        for column in 0..<columns.output {
          body(output, PoolWindow(self, batch: batch, row: row, column: column))
          output += channels
        }
      }
    }
  }
}

/// The input pixels under one output pixel.
struct PoolWindow {
  private let rows: Range<Int>
  private let columns: Range<Int>
  private let lineStride: Int
  private let channels: Int
  private let origin: Int

  @inline(__always)
  init(_ shape: PoolShape, batch: Int, row: Int, column: Int) {
    rows = shape.rows.validTaps(at: row)
    columns = shape.columns.validTaps(at: column)
    channels = shape.channels
    lineStride = shape.columns.input * shape.channels
    let top = row * shape.rows.stride - shape.rows.paddingBefore
    let left = column * shape.columns.stride - shape.columns.paddingBefore
    origin = (batch * shape.rows.input + top) * lineStride + left * shape.channels
  }

  /// Pixels under the window.
  @inline(__always)
  var count: Int { rows.count * columns.count }

  /// Calls back for every pixel, in order, with the index of one channel's element.
  @inline(__always)
  func forEach(_ channel: Int, _ body: (_ input: Int) -> Void) {
    for row in rows {
      for column in columns { body(origin + row * lineStride + column * channels + channel) }
    }
  }
}
