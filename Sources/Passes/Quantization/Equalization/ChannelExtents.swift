/// Per channel, the last axis, the largest magnitude and the mean square of activations.
struct ChannelExtents: ActivationAccumulator {
  private(set) var values: [Channels]

  /// One value's channels.
  struct Channels: Sendable {
    var extents: [Float]
    var squares: [Double]
    var rows = 0

    init(count: Int) {
      extents = [Float](repeating: 0, count: count)
      squares = [Double](repeating: 0, count: count)
    }

    /// The mean square of a channel.
    func meanSquare(_ channel: Int) -> Double { squares[channel] / Double(max(rows, 1)) }
  }

  init(channels: [Int]) { values = channels.map { Channels(count: $0) } }

  mutating func add(sample: Int, _ activations: [[Float]]) {
    for (index, elements) in activations.enumerated() {
      let count = values[index].extents.count
      guard count > 0, elements.count % count == 0 else { continue }
      var start = 0
      while start < elements.count {
        for channel in 0..<count {
          let element = elements[start &+ channel]
          values[index].extents[channel] = max(values[index].extents[channel], abs(element))
          values[index].squares[channel] += Double(element) * Double(element)
        }
        start += count
        values[index].rows += 1
      }
    }
  }

  mutating func merge(_ next: ChannelExtents) {
    for index in values.indices {
      values[index].rows += next.values[index].rows
      for channel in values[index].extents.indices {
        values[index].extents[channel] = max(
          values[index].extents[channel], next.values[index].extents[channel])
        values[index].squares[channel] += next.values[index].squares[channel]
      }
    }
  }
}
