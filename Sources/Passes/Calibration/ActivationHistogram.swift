/// How often numbers of each size were seen, in bins that are the same for all tensors.
///
/// A bin holds the floats that share sign, exponent and the first five bits of the fraction, so that counts
/// of parts of the data simply add up, in any order, and no earlier run over the data has to find a range.
struct ActivationHistogram: Sendable, Equatable {
  /// Bits of the fraction that tell bins apart.
  private static let fractionBits: UInt32 = 5
  /// Numbers below 2⁻²⁴ in magnitude count as zero.
  private static let firstKey = UInt32(127 - 24) << fractionBits
  /// Numbers of 2⁴⁰ or more share the last bin.
  private static let binsPerSign = 64 << Int(fractionBits)

  private(set) var minimum = Float.infinity
  private(set) var maximum = -Float.infinity
  private(set) var zeroCount = 0
  /// Positive numbers by size, then negative ones; empty until a number is added.
  private var counts: [Int] = []

  /// One bin that is not empty.
  struct Bin: Sendable {
    let center: Float
    let width: Float
    let count: Int
  }

  init() {}

  /// The range of all numbers; nil where none was seen.
  var range: ClosedRange<Float>? { minimum <= maximum ? minimum...maximum : nil }

  /// Counts finite numbers.
  mutating func add(_ elements: [Float]) {
    var counts = self.counts.isEmpty ? [Int](repeating: 0, count: 2 * Self.binsPerSign) : self.counts
    self.counts = []
    var (least, largest, zeros) = (minimum, maximum, 0)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      for element in elements {
        least = element < least ? element : least
        largest = element > largest ? element : largest
        let key = (element.bitPattern & 0x7FFF_FFFF) >> (23 - Self.fractionBits)
        if key < Self.firstKey {
          zeros &+= 1
          continue
        }
        let bin = min(Int(key &- Self.firstKey), Self.binsPerSign - 1)
        unsafe counts[bin &+ Int(element.bitPattern >> 31) &* Self.binsPerSign] &+= 1
      }
    }
    (minimum, maximum) = (least, largest)
    zeroCount += zeros
    self.counts = counts
  }

  /// Adds the counts of another histogram.
  mutating func merge(_ other: ActivationHistogram) {
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    zeroCount += other.zeroCount
    if counts.isEmpty {
      counts = other.counts
    } else if !other.counts.isEmpty {
      for bin in counts.indices { counts[bin] += other.counts[bin] }
    }
  }

  /// The counts of the numbers within a range; those beyond count as its ends, which the range then holds.
  func clamped(to limit: ClosedRange<Float>) -> ActivationHistogram {
    var result = self
    result.minimum = max(minimum, limit.lowerBound)
    result.maximum = min(maximum, limit.upperBound)
    if result.minimum > result.maximum { (result.minimum, result.maximum) = (0, 0) }
    for index in counts.indices {
      let center = Self.place(index % Self.binsPerSign).center
      let number = index < Self.binsPerSign ? center : -center
      if !limit.contains(number) { result.counts[index] = 0 }
    }
    return result
  }

  /// The bins that are not empty, from the least to the largest, without zeros.
  var bins: [Bin] {
    var bins: [Bin] = []
    for index in counts.indices.suffix(Self.binsPerSign).reversed() where counts[index] > 0 {
      let (center, width) = Self.place(index - Self.binsPerSign)
      bins.append(Bin(center: -center, width: width, count: counts[index]))
    }
    for index in counts.indices.prefix(Self.binsPerSign) where counts[index] > 0 {
      let (center, width) = Self.place(index)
      bins.append(Bin(center: center, width: width, count: counts[index]))
    }
    return bins
  }

  /// How many numbers were seen.
  var count: Int { counts.reduce(zeroCount, +) }

  private static func place(_ bin: Int) -> (center: Float, width: Float) {
    let start = Float(bitPattern: (firstKey &+ UInt32(bin)) << (23 - fractionBits))
    let end = Float(bitPattern: (firstKey &+ UInt32(bin) &+ 1) << (23 - fractionBits))
    return ((start + end) / 2, end - start)
  }
}
