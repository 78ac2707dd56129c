import GraphIR
import Tensors

/// Quantizes the weights and the bias of a layer: symmetric int8 by output channel, and a bias of scale
/// input · weights.
///
/// What rounding the weights adds to the mean of each output channel, by the mean input of calibration, is
/// taken off the bias (Nagel et al., "Data-free quantization through weight equalization and bias
/// correction", 2019).
struct LayerQuantizer {
  let isPerChannel: Bool
  /// The mean of each input channel; empty for no correction.
  let inputMeans: [Double]
  var width = WeightWidth.int8

  /// Weights as they are stored.
  struct Filter {
    var stored: [Int8]
    /// What rounding has added to the mean of each output channel, where that is known exactly.
    var meanErrors: [Double]?
    let scales: [Float]
    /// Elements from one channel to the next, and how many channels there are.
    let stride: Int
    let channels: Int

    func channel(_ index: Int) -> Int { index / stride % channels }

    /// Rounds the weights of each channel together.
    fileprivate mutating func round(_ weights: [Float], _ metric: RoundingMetric, limit: Double) {
      var places = [[Int]](repeating: [], count: channels)
      for index in weights.indices { places[channel(index)].append(index) }
      var errors = [Double](repeating: 0, count: channels)
      for channel in 0..<channels where places[channel].allSatisfy({ weights[$0].isFinite }) {
        let steps = places[channel].map { Double(weights[$0]) / Double(scales[channel]) }
        let rounded = metric.rounded(steps, channel: channel, limit: limit)
        for (index, number) in zip(places[channel], rounded) { stored[index] = Int8(number) }
        let differences = zip(rounded, steps).map { ($0 - $1) * Double(scales[channel]) }
        errors[channel] = metric.meanError(differences, channel: channel)
      }
      meanErrors = errors
    }
  }

  /// Rounds weights to the nearest stored ones.
  ///
  /// - Parameters:
  ///   - leastScales: below which the scales of the channels may not lie, so that the bias fits.
  ///   - metric: how errors count; nil for the nearest numbers.
  func filter(_ value: Value, axis: Int, leastScales: [Float], metric: RoundingMetric? = nil) -> Filter {
    let weights = value.data.elements(Float.self)
    let dimensions = (value.dimensions ?? []).map(Int.init)
    let stride = dimensions[(axis + 1)...].reduce(1, *)
    let channels = dimensions[axis]
    var extents = [Float](repeating: 0, count: channels)
    for (index, weight) in weights.enumerated() where weight.isFinite {
      let channel = index / stride % channels
      extents[channel] = max(extents[channel], abs(weight))
    }
    let largest = extents.max() ?? 0
    if width == .int4 {
      extents = narrowExtents(extents, weights, stride, metric)
    } else if !isPerChannel {
      extents = [Float](repeating: largest, count: channels)
    }
    let scales = extents.enumerated().map { channel, extent in
      let least = isPerChannel ? leastScales[channel] : leastScales.max() ?? 0
      guard extent > 0 else { return Self.emptyScale(largest, least) }
      return max(AffineParameters.usable(Double(extent) / width.limit), least)
    }
    var stored = [Int8](repeating: 0, count: weights.count)
    var (channel, left) = (0, stride)
    for (index, weight) in weights.enumerated() {
      stored[index] = Int8(WholeSteps.nearest(Double(weight / scales[channel]), limit: width.limit))
      left -= 1
      if left == 0 { (channel, left) = (channel + 1 == channels ? 0 : channel + 1, stride) }
    }
    var filter = Filter(stored: stored, scales: scales, stride: stride, channels: channels)
    if let metric { filter.round(weights, metric, limit: width.limit) }
    return filter
  }

  /// The scale of weights that are all zero, which only their bias is in units of: fine, but as usual if that does.
  private static func emptyScale(_ largest: Float, _ least: Float) -> Float {
    let usual = AffineParameters.usable(Double(largest) / 127)
    guard least > 0 else { return usual }
    return min(max(usual, least), least * 0x1p6)
  }

  /// The weights' value in the file.
  func value(_ source: Value, _ filter: Filter, axis: Int) -> Value {
    var value = source
    value.elementType = width.elementType
    value.data = TensorData(width.bytes(filter.stored))
    value.quantization = quantization(filter.scales, axis: axis)
    return value
  }

  /// The bias's value in the file.
  ///
  /// - Parameter type: int32 or int64.
  func bias(_ source: Value, _ reals: [Double], _ filter: Filter, inputScale: Float, type: ElementType)
    -> Value
  {
    let scales = filter.scales.map { $0 * inputScale }
    let limit = type == .int64 ? 0x1p38 : Double(Int32.max)
    let stored = reals.enumerated().map { channel, real in
      let unit = Double(inputScale) * Double(filter.scales[channel])
      return Int64(WholeSteps.nearest(real / unit, limit: limit))
    }
    var value = source
    value.elementType = type
    value.data = TensorData(
      type == .int64
        ? LittleEndian.bytes(stored) : LittleEndian.bytes(stored.map { Int32(truncatingIfNeeded: $0) }))
    value.quantization = quantization(scales, axis: 0)
    return value
  }

  private func quantization(_ scales: [Float], axis: Int) -> Quantization {
    let written = isPerChannel ? scales : Array(scales.prefix(1))
    return Quantization(
      scales: written, zeroPoints: [Int64](repeating: 0, count: written.count), axis: isPerChannel ? axis : 0)
  }

  /// The scales below which the stored bias, or what takes sums to the output's scale, would be out of range.
  ///
  /// A multiplier under 2⁻³² is 0 to kernels. What weights lose above these scales is beneath a step of the output.
  static func leastScales(
    bias: [Float], inputScale: Float, outputScale: Float, channels: Int, type: ElementType
  ) -> [Float] {
    let least = Double(outputScale) * 0x1p-31 / Double(inputScale)
    let limit = Double(inputScale) * (type == .int64 ? 0x1p37 : 0x1p30)
    return (0..<channels).map { channel in
      let bias = bias.count == channels && bias[channel].isFinite ? Double(abs(bias[channel])) : 0
      return Float(min(max(least, bias / limit), 0x1p100))
    }
  }

  /// What rounding has added to the mean of each output channel.
  ///
  /// - Parameter inputChannel: the input channel that a weight multiplies, by the weight's index.
  func meanErrors(_ value: Value, _ filter: Filter, inputChannel: (Int) -> Int) -> [Double] {
    if let known = filter.meanErrors { return known }
    var errors = [Double](repeating: 0, count: filter.channels)
    guard !inputMeans.isEmpty else { return errors }
    for (index, weight) in value.data.elements(Float.self).enumerated() where weight.isFinite {
      let channel = filter.channel(index)
      let rounded = Double(filter.scales[channel]) * Double(filter.stored[index])
      errors[channel] += (rounded - Double(weight)) * inputMeans[inputChannel(index) % inputMeans.count]
    }
    return errors
  }
}
