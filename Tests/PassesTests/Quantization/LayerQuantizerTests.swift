import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

@Suite struct LayerQuantizerTests {
  private let quantizer = LayerQuantizer(isPerChannel: true, inputMeans: [])

  private func value(_ dimensions: [Int32], _ numbers: [Float]) -> Value {
    Value(name: nil, dimensions: dimensions, elementType: .float32, data: TensorData(floats: numbers))
  }

  /// The largest weight of each channel is 127, so that scales are 1.
  private func filter() -> LayerQuantizer.Filter {
    quantizer.filter(
      value([2, 6], [127, 0.5, -0.5, 1.25, -1.75, 2.5, -127, 1.5, 0.25, -1.5, .nan, 0.75]), axis: 0,
      leastScales: [0, 0])
  }

  @Test func weightsAreTheNearest() {
    #expect(filter().scales == [1, 1])
    #expect(filter().stored == [127, 1, -1, 1, -2, 3, -127, 2, 0, -2, 0, 1])
  }

  @Test func weightsWeighedByAMetricAreTheNearestWhereInputsAreIndependent() throws {
    var moments = NormalEquations(inputCount: 2, outputCount: 0)
    for row in [[1.0, 0.0], [-1, 0], [0, 1], [0, -1]] {
      for _ in 0..<2 {
        moments.add(Matrix(rows: 1, columns: 3, elements: row + [1]), Matrix(rows: 1, columns: 0))
      }
    }
    let metric = try #require(RoundingMetric([moments]))
    for (weights, stored) in [
      ([0.5, -0.5], [1.0, -1.0]), ([1.25, -1.75], [1, -2]), ([2.5, 0.75], [3, 1]),
    ] {
      #expect(metric.rounded(weights, channel: 0, limit: 127) == stored)
    }
  }

  @Test(arguments: [ElementType.int32, .int64]) func biasesAreTheNearest(type: ElementType) {
    let reals = [0.5, -1.25, 0.875, -1.75]
    for (bias, expected) in zip(reals, [1, -3, 2, -4] as [Int64]) {
      let stored = quantizer.bias(
        value([2], [0, 0]), [bias, -bias], filter(), inputScale: 0.5, type: type)
      let numbers =
        type == .int64
        ? stored.data.elements(Int64.self) : stored.data.elements(Int32.self).map(Int64.init)
      #expect(numbers == [expected, -expected])
      #expect(stored.quantization?.axis == 0, "a bias has one dimension")
    }
  }

  /// However small weights and inputs are, the bias is stored, and its multiplier is not 0.
  @Test(arguments: [ElementType.int32, .int64], [Float(1e-12), 1e-8, 1e-4, 1])
  func biasesFitBesideTinyWeights(type: ElementType, inputScale: Float) {
    for extent in [Float(0), 1e-15, 1e-7, 1] {
      let weights = value([2, 1], [extent, -extent / 3])
      let biases: [Float] = [0.7, -3]
      let outputScale: Float = type == .int64 ? 3 / 32767 : 3 / 127
      let filter = quantizer.filter(
        weights, axis: 0,
        leastScales: LayerQuantizer.leastScales(
          bias: biases, inputScale: inputScale, outputScale: outputScale, channels: 2, type: type))
      let stored = quantizer.bias(
        value([2], biases), biases.map(Double.init), filter, inputScale: inputScale, type: type)
      let numbers =
        type == .int64
        ? stored.data.elements(Int64.self) : stored.data.elements(Int32.self).map(Int64.init)
      for channel in 0..<2 {
        let unit = Double(inputScale) * Double(filter.scales[channel])
        let error = abs(Double(numbers[channel]) * unit - Double(biases[channel]))
        #expect(error <= max(unit, Double(outputScale) / 1024), "\(extent)")
        #expect(QuantizedMultiplier(unit / Double(outputScale)).multiplier > 0)
      }
    }
  }

  /// The file has one scale then, for the whole tensor: its axis is the format's default.
  @Test func oneScaleForAllChannelsHasNoAxis() {
    let filter = value([2, 6], [Float](repeating: 1, count: 12))
    let whole = LayerQuantizer(isPerChannel: false, inputMeans: [])
    let stored = whole.value(filter, whole.filter(filter, axis: 1, leastScales: [0]), axis: 1)
    #expect(stored.quantization?.axis == 0)
    #expect(stored.quantization?.scales?.count == 1)
    let split = quantizer.value(
      filter, quantizer.filter(filter, axis: 1, leastScales: [Float](repeating: 0, count: 6)), axis: 1)
    #expect(split.quantization?.axis == 1)
    #expect(split.quantization?.scales?.count == 6)
  }

  /// A cell's scale is a power of two.
  @Test func cellScalesAreRoundedUp() {
    let extents: [Float] = [0.5, 0.51, 0.99, 1, 1.01, 3, 0]
    #expect(
      extents.map(QuantizationRewriter.cellScale) == [
        0x1p-16, 0x1p-15, 0x1p-15, 0x1p-15, 0x1p-14, 0x1p-13, 0x1p-25,
      ])
  }
}
