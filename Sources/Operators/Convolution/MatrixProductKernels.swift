/// float32 matrix product, summed along the depth in order.
struct FloatMatrixProduct: Kernel {
  let shape: MatrixProductShape

  func run(_ arguments: KernelArguments) {
    let left = arguments.input(0, Float.self)
    let right = arguments.input(1, Float.self)
    let output = arguments.output(0, Float.self)
    shape.forEachRow { row in
      for column in 0..<shape.columns {
        var sum: Float = 0
        shape.forEachProduct(row, column) { sum += left[$0] * right[$1] }
        output[row.output + column] = sum
      }
    }
  }
}

/// How a matrix product of stored integers becomes the stored output.
struct MatrixProductQuantization: Sendable {
  let multiplier: QuantizedMultiplier
  let leftOffset: Int32
  let rightOffset: Int32
  let outputOffset: Int32
}

/// int8 matrix product: 32-bit sum, both operands with zero points.
struct Int8MatrixProduct: Kernel {
  let shape: MatrixProductShape
  let quantization: MatrixProductQuantization

  func run(_ arguments: KernelArguments) {
    let left = arguments.input(0, Int8.self)
    let right = arguments.input(1, Int8.self)
    let output = arguments.output(0, Int8.self)
    let (leftOffset, rightOffset) = (quantization.leftOffset, quantization.rightOffset)
    shape.forEachRow { row in
      for column in 0..<shape.columns {
        var sum: Int32 = 0
        shape.forEachProduct(row, column) {
          sum &+= (Int32(left[$0]) &+ leftOffset) &* (Int32(right[$1]) &+ rightOffset)
        }
        let scaled = quantization.multiplier.apply(sum) &+ quantization.outputOffset
        output[row.output + column] = Int8(clamping: scaled)
      }
    }
  }
}

/// int16 matrix product: 64-bit sum, no zero points.
struct Int16MatrixProduct: Kernel {
  let shape: MatrixProductShape
  let multiplier: QuantizedMultiplier

  func run(_ arguments: KernelArguments) {
    let left = arguments.input(0, Int16.self)
    let right = arguments.input(1, Int16.self)
    let output = arguments.output(0, Int16.self)
    shape.forEachRow { row in
      for column in 0..<shape.columns {
        var sum: Int64 = 0
        shape.forEachProduct(row, column) { sum &+= Int64(Int32(left[$0]) &* Int32(right[$1])) }
        output[row.output + column] = Int16(clamping: multiplier.apply(sum))
      }
    }
  }
}

/// float32 by int8 matrix product: the left operand is quantized row by row.
struct HybridMatrixProduct: Kernel {
  let shape: MatrixProductShape
  let rightScale: Float
  let isAsymmetric: Bool

  var scratchByteCount: Int { shape.depth.saturatingMultiply(5) }

  func run(_ arguments: KernelArguments) {
    let left = arguments.input(0, Float.self)
    let right = arguments.input(1, Int8.self)
    let output = arguments.output(0, Float.self)
    let real = arguments.scratch.elements(Float.self)
    let stored = arguments.scratch.elements(Int8.self, from: shape.depth * 4)
    let quantizer = HybridQuantizer(isAsymmetric: isAsymmetric)
    shape.forEachRow { row in
      for index in 0..<shape.depth { real[index] = left[row.left + index * shape.leftStrides.depth] }
      let quantized = quantizer.quantize(real, 0..<shape.depth, into: stored)
      for column in 0..<shape.columns {
        var sum: Int32 = 0
        let first = row.right + column * shape.rightStrides.column
        for index in 0..<shape.depth {
          let weight = Int32(right[first + index * shape.rightStrides.depth])
          sum &+= weight &* (Int32(stored[index]) &- quantized.offset)
        }
        output[row.output + column] = Float(sum) * (quantized.scale * rightScale)
      }
    }
  }
}
