/// What calibration remembers of activations: histograms, some numbers as they are, and means by channel.
struct ActivationStatistics: ActivationAccumulator {
  private(set) var values: [ValueStatistics]
  /// Numbers of each value kept from one sample.
  private let keptPerSample: Int

  /// - Parameters:
  ///   - channels: for every value the size of its last axis, along which means are taken; 0 for none.
  ///   - sampleCount: how many samples there are in all.
  init(channels: [Int], sampleCount: Int) {
    values = channels.map { ValueStatistics(channels: $0) }
    let kept = min(Self.keptNumbers, Self.keptInAll / max(channels.count, 1))
    keptPerSample = max(8, kept / max(sampleCount, 1))
  }

  /// Numbers kept of one value, at most.
  private static let keptNumbers = 8192
  /// Numbers kept of all values: reached beyond 2048 values.
  private static let keptInAll = 1 << 24

  mutating func add(sample: Int, _ activations: [[Float]]) {
    for (index, elements) in activations.enumerated() where !elements.isEmpty {
      values[index].add(elements, keeping: keptPerSample, from: sample)
    }
  }

  mutating func merge(_ next: ActivationStatistics) {
    for index in values.indices { values[index].merge(next.values[index]) }
  }
}

/// What calibration remembers of one value.
struct ValueStatistics: Sendable {
  private(set) var histogram = ActivationHistogram()
  /// Some of the numbers, picked at even distances.
  private(set) var kept: [Float] = []
  private var sums: [Double]
  private var rows = 0

  init(channels: Int) { sums = [Double](repeating: 0, count: channels) }

  /// The mean of each channel; empty where none were taken.
  var channelMeans: [Double] { sums.map { $0 / Double(max(rows, 1)) } }

  mutating func add(_ elements: [Float], keeping count: Int, from sample: Int) {
    histogram.add(elements)
    let stride = max(1, elements.count / max(count, 1)) | 1
    var index = sample &* 7 % stride
    while index < elements.count {
      kept.append(elements[index])
      index += stride
    }
    guard !sums.isEmpty, elements.count % sums.count == 0 else { return }
    var start = 0
    while start < elements.count {
      for channel in sums.indices { sums[channel] += Double(elements[start &+ channel]) }
      start += sums.count
      rows += 1
    }
  }

  mutating func merge(_ next: ValueStatistics) {
    histogram.merge(next.histogram)
    kept += next.kept
    rows += next.rows
    for channel in sums.indices { sums[channel] += next.sums[channel] }
  }

  /// The statistics of the numbers within a range, beyond which they make no difference.
  func clamped(to limit: ClosedRange<Float>) -> ValueStatistics {
    var result = self
    result.histogram = histogram.clamped(to: limit)
    result.kept = kept.filter(limit.contains)
    return result
  }
}
