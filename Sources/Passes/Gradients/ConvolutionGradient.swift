import CKernels
import GraphIR
import Operators

/// CONV_2D and FULLY_CONNECTED.
struct ConvolutionGradient: GradientRule {
  let layer: LinearLayer
  let lanes: LaneLayer
  let range: ClosedRange<Float>

  init?(_ operands: GradientOperands) {
    guard let layer = LinearLayer(operands.id, in: operands.graph), let lanes = LaneLayer(layer) else {
      return nil
    }
    (self.layer, self.lanes, range) = (layer, lanes, operands.range)
  }

  var scratch: (owner: ValueID, count: Int)? { (layer.weights, lanes.scratchCount) }

  func prepare(_ memory: GradientMemory) {
    let (weights, packed) = (memory.value(layer.weights), memory.scratch(layer.weights))
    unsafe lanes.withShape { unsafe nn_lanes_pack($0, weights.pointer, packed.pointer) }
  }

  func forward(_ memory: GradientMemory) {
    let (input, output) = (memory.value(layer.input), memory.value(layer.output))
    let packed = memory.scratch(layer.weights)
    let bias = layer.bias.map { memory.value($0) }
    unsafe lanes.withShape {
      unsafe nn_lanes_convolution(
        $0, input.pointer, packed.pointer, bias?.pointer, range.lowerBound, range.upperBound, output.pointer)
    }
  }

  func backward(_ memory: GradientMemory) {
    let (input, gradient) = (memory.value(layer.input), memory.gradient(layer.output))
    ActivationClamp.backward(gradient, memory.value(layer.output), range)
    let slopes = memory.gradient(layer.weights)
    let biasSlopes = layer.bias.map { memory.gradient($0) }
    unsafe lanes.withShape {
      unsafe nn_lanes_convolution_weights(
        $0, gradient.pointer, input.pointer, slopes.pointer, biasSlopes?.pointer)
    }
    guard memory.hasGradient(layer.input) else { return }
    let (packed, inputSlopes) = (memory.scratch(layer.weights), memory.gradient(layer.input))
    unsafe lanes.withShape {
      unsafe nn_lanes_convolution_inputs($0, gradient.pointer, packed.pointer, inputSlopes.pointer)
    }
  }
}

/// DEPTHWISE_CONV_2D.
struct DepthwiseGradient: GradientRule {
  let layer: LinearLayer
  let lanes: LaneLayer
  let range: ClosedRange<Float>

  init?(_ operands: GradientOperands) {
    guard let layer = LinearLayer(operands.id, in: operands.graph), let lanes = LaneLayer(layer) else {
      return nil
    }
    (self.layer, self.lanes, range) = (layer, lanes, operands.range)
  }

  var scratch: (owner: ValueID, count: Int)? { (layer.weights, lanes.scratchCount) }

  func forward(_ memory: GradientMemory) {
    let (input, output) = (memory.value(layer.input), memory.value(layer.output))
    let weights = memory.value(layer.weights)
    let bias = layer.bias.map { memory.value($0) }
    unsafe lanes.withShape {
      unsafe nn_lanes_depthwise(
        $0, input.pointer, weights.pointer, bias?.pointer, range.lowerBound, range.upperBound,
        output.pointer)
    }
  }

  func backward(_ memory: GradientMemory) {
    let (input, gradient) = (memory.value(layer.input), memory.gradient(layer.output))
    ActivationClamp.backward(gradient, memory.value(layer.output), range)
    let (weights, slopes) = (memory.value(layer.weights), memory.gradient(layer.weights))
    let biasSlopes = layer.bias.map { memory.gradient($0) }
    let inputSlopes = memory.hasGradient(layer.input) ? memory.gradient(layer.input) : nil
    let sums = memory.scratch(layer.weights)
    unsafe lanes.withShape {
      unsafe nn_lanes_depthwise_gradients(
        $0, gradient.pointer, input.pointer, weights.pointer, inputSlopes?.pointer, slopes.pointer,
        biasSlopes?.pointer, sums.pointer)
    }
  }
}
