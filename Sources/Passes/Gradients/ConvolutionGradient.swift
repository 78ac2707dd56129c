import GraphIR
import Operators

/// CONV_2D and FULLY_CONNECTED.
struct ConvolutionGradient: GradientRule {
  let layer: LinearLayer
  let range: ClosedRange<Float>

  /// The weights row by row of inputs, so that the inner loop runs over outputs.
  func prepare(_ memory: GradientMemory) {
    let weights = memory.value(layer.weights)
    let transposed = memory.transposed(layer.weights)
    for output in 0..<layer.outputChannels {
      for index in 0..<layer.rowLength {
        transposed[index * layer.outputChannels + output] = weights[output * layer.rowLength + index]
      }
    }
  }

  func forward(_ memory: GradientMemory) {
    let output = memory.value(layer.output)
    let bias = layer.bias.map { memory.value($0) }
    let width = layer.outputChannels
    output.fill(0)
    if let bias {
      for position in 0..<layer.positionCount { output.copy(from: bias, 0..<width, to: position * width) }
    }
    withRows(of: memory.value(layer.input), isRead: true) { rows in
      FloatMatrix(output, rows: layer.positionCount, columns: width).addProduct(
        rows, FloatMatrix(memory.transposed(layer.weights), rows: layer.rowLength, columns: width))
    }
    ActivationClamp.forward(output, range)
  }

  func backward(_ memory: GradientMemory) {
    let gradient = memory.gradient(layer.output)
    ActivationClamp.backward(gradient, memory.value(layer.output), range)
    let (positions, width, length) = (layer.positionCount, layer.outputChannels, layer.rowLength)
    if let bias = layer.bias {
      for position in 0..<positions {
        VectorLoops.addScaled(1, gradient, position * width, to: memory.gradient(bias), 0, count: width)
      }
    }
    withRows(of: memory.value(layer.input), isRead: true) { rows in
      FloatMatrix(memory.gradient(layer.weights), rows: width, columns: length).addProduct(
        FloatMatrix(gradient, rows: width, columns: positions, isTransposed: true), rows)
    }
    withRows(of: memory.gradient(layer.input), isRead: false) { rows in
      rows.addProduct(
        FloatMatrix(gradient, rows: positions, columns: width),
        FloatMatrix(memory.value(layer.weights), rows: width, columns: length))
    }
  }

  /// Whether the rows of inputs stand in memory one behind the other.
  private var isContiguous: Bool {
    [layer.rows, layer.columns].allSatisfy { $0.taps == 1 && $0.stride == 1 && $0.input == $0.output }
  }

  /// Gives the rows of inputs, positions × row length.
  ///
  /// - Parameter isRead: whether the rows hold the input's numbers; otherwise they start from zero and what
  ///   is in them at the end is added to the buffer.
  private func withRows(of buffer: TensorBuffer<Float>, isRead: Bool, _ body: (FloatMatrix) -> Void) {
    let (positions, length, depth) = (layer.positionCount, layer.rowLength, layer.inputChannels)
    if isContiguous { return body(FloatMatrix(buffer, rows: positions, columns: length)) }
    var rows = [Float](repeating: 0, count: positions * length)
    unsafe rows.withUnsafeMutableBufferPointer { storage in
      guard let base = storage.baseAddress else { return }
      let gathered = unsafe TensorBuffer(base: base, count: storage.count)
      if isRead {
        layer.forEachPosition { position, taps in
          for (tap, pixel) in taps {
            gathered.copy(from: buffer, pixel..<pixel + depth, to: position * length + tap * depth)
          }
        }
      }
      body(FloatMatrix(gathered, rows: positions, columns: length))
      guard !isRead else { return }
      layer.forEachPosition { position, taps in
        for (tap, pixel) in taps {
          VectorLoops.addScaled(
            1, gathered, position * length + tap * depth, to: buffer, pixel, count: depth)
        }
      }
    }
  }
}

/// DEPTHWISE_CONV_2D.
struct DepthwiseGradient: GradientRule {
  let layer: LinearLayer
  let multiplier: Int
  let range: ClosedRange<Float>

  func forward(_ memory: GradientMemory) {
    let input = memory.value(layer.input)
    let weights = memory.value(layer.weights)
    let output = memory.value(layer.output)
    let bias = layer.bias.map { memory.value($0) }
    let width = layer.outputChannels
    output.fill(0)
    layer.forEachPosition { position, taps in
      let start = position * width
      if let bias { output.copy(from: bias, 0..<width, to: start) }
      for (tap, pixel) in taps {
        if multiplier == 1 {
          VectorLoops.addProduct(input, pixel, weights, tap * width, to: output, start, count: width)
        } else {
          for channel in 0..<layer.inputChannels {
            let part = channel * multiplier
            VectorLoops.addScaled(
              input[pixel + channel], weights, tap * width + part, to: output, start + part, count: multiplier
            )
          }
        }
      }
    }
    ActivationClamp.forward(output, range)
  }

  func backward(_ memory: GradientMemory) {
    let input = memory.value(layer.input)
    let inputGradient = memory.gradient(layer.input)
    let weights = memory.value(layer.weights)
    let weightGradient = memory.gradient(layer.weights)
    let gradient = memory.gradient(layer.output)
    ActivationClamp.backward(gradient, memory.value(layer.output), range)
    let width = layer.outputChannels
    layer.forEachPosition { position, taps in
      let start = position * width
      if let bias = layer.bias {
        VectorLoops.addScaled(1, gradient, start, to: memory.gradient(bias), 0, count: width)
      }
      for (tap, pixel) in taps {
        let row = tap * width
        if multiplier == 1 {
          VectorLoops.addProduct(gradient, start, weights, row, to: inputGradient, pixel, count: width)
          VectorLoops.addProduct(gradient, start, input, pixel, to: weightGradient, row, count: width)
        } else {
          for channel in 0..<width {
            let source = pixel + channel / multiplier
            inputGradient[source] += gradient[start + channel] * weights[row + channel]
            weightGradient[row + channel] += gradient[start + channel] * input[source]
          }
        }
      }
    }
  }
}

extension LinearLayer {
  /// Calls back for every position with the taps that meet the input, and the first element under each.
  func forEachPosition(_ body: (_ position: Int, _ taps: [(tap: Int, pixel: Int)]) -> Void) {
    var taps: [(tap: Int, pixel: Int)] = []
    for top in 0..<rows.output {
      for left in 0..<columns.output {
        taps.removeAll(keepingCapacity: true)
        for tapRow in rows.validTaps(at: top) {
          let line = (top * rows.stride - rows.paddingBefore + tapRow * rows.dilation) * columns.input
          for tapColumn in columns.validTaps(at: left) {
            let column = left * columns.stride - columns.paddingBefore + tapColumn * columns.dilation
            taps.append((tapRow * columns.taps + tapColumn, (line + column) * inputChannels))
          }
        }
        body(top * columns.output + left, taps)
      }
    }
  }
}
