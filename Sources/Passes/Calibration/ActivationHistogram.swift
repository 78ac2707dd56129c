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
  private static let binsPerSign = pagesPerSign * binsPerPage

  private(set) var minimum = Float.infinity
  private(set) var maximum = -Float.infinity
  private(set) var zeroCount = 0
  /// Counts of the pages that hold numbers, one behind the other in the order in which they were met: most tensors
  /// fill few.
  private var counts: [Int] = []
  /// By page, positive ones by size and then negative ones, where its counts start; empty until a number is added.
  private var starts: [Int32] = []

  /// A page is the bins of one exponent.
  private static let binsPerPage = 1 << Int(fractionBits)
  private static let pagesPerSign = 64

  /// One bin that is not empty.
  struct Bin: Sendable {
    let center: Float
    let width: Float
    let count: Int
  }

  init() {}

  static func == (left: ActivationHistogram, right: ActivationHistogram) -> Bool {
    func sizes(_ pages: [(page: Int, start: Int)], _ counts: [Int]) -> [Int: ArraySlice<Int>] {
      Dictionary(
        pages.map { ($0.page, counts[$0.start..<$0.start + binsPerPage]) },
        uniquingKeysWith: { first, _ in first })
    }
    return left.minimum == right.minimum && left.maximum == right.maximum
      && left.zeroCount == right.zeroCount
      && sizes(left.pages, left.counts) == sizes(right.pages, right.counts)
  }

  /// The range of all numbers; nil where none was seen.
  var range: ClosedRange<Float>? { minimum <= maximum ? minimum...maximum : nil }

  /// Counts finite numbers.
  mutating func add(_ elements: [Float]) {
    // All bins side by side cost more to clear and to merge than few numbers cost to look up.
    guard elements.count < Self.fewElements else { return addMany(elements) }
    var (least, largest, zeros) = (minimum, maximum, 0)
    for element in elements {
      least = element < least ? element : least
      largest = element > largest ? element : largest
      guard let index = Self.bin(of: element) else {
        zeros &+= 1
        continue
      }
      counts[start(ofPage: index / Self.binsPerPage) &+ index % Self.binsPerPage] &+= 1
    }
    (minimum, maximum) = (least, largest)
    zeroCount += zeros
  }

  private static let fewElements = 4 * binsPerSign

  private mutating func addMany(_ elements: [Float]) {
    var (least, largest, zeros) = (minimum, maximum, 0)
    var dense = [Int](repeating: 0, count: 2 * Self.binsPerSign)
    for element in elements {
      least = element < least ? element : least
      largest = element > largest ? element : largest
      if let index = Self.bin(of: element) { dense[index] &+= 1 } else { zeros &+= 1 }
    }
    (minimum, maximum) = (least, largest)
    zeroCount += zeros
    for page in 0..<2 * Self.pagesPerSign {
      let bins = page * Self.binsPerPage..<(page + 1) * Self.binsPerPage
      guard dense[bins].contains(where: { $0 > 0 }) else { continue }
      let target = start(ofPage: page)
      for bin in bins { counts[target + bin - bins.lowerBound] += dense[bin] }
    }
  }

  /// The bin of a number among those of both signs; nil for zero.
  private static func bin(of element: Float) -> Int? {
    let key = (element.bitPattern & 0x7FFF_FFFF) >> (23 - fractionBits)
    guard key >= firstKey else { return nil }
    return min(Int(key &- firstKey), binsPerSign - 1) &+ Int(element.bitPattern >> 31) &* binsPerSign
  }

  /// Where a page's counts start; a page that has none gets them.
  private mutating func start(ofPage page: Int) -> Int {
    if starts.isEmpty { starts = [Int32](repeating: -1, count: 2 * Self.pagesPerSign) }
    let known = starts[page]
    if known >= 0 { return Int(known) }
    let start = counts.count
    starts[page] = Int32(truncatingIfNeeded: start)
    counts += [Int](repeating: 0, count: Self.binsPerPage)
    return start
  }

  /// The pages that have counts, ascending.
  private var pages: [(page: Int, start: Int)] {
    starts.enumerated().filter { $0.element >= 0 }.map { ($0.offset, Int($0.element)) }
  }

  /// Adds the counts of another histogram.
  mutating func merge(_ other: ActivationHistogram) {
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    zeroCount += other.zeroCount
    for (page, source) in other.pages {
      let target = start(ofPage: page)
      for bin in 0..<Self.binsPerPage { counts[target + bin] += other.counts[source + bin] }
    }
  }

  /// The counts of the numbers within a range; those beyond count as its ends, which the range then holds.
  func clamped(to limit: ClosedRange<Float>) -> ActivationHistogram {
    var result = self
    result.minimum = max(minimum, limit.lowerBound)
    result.maximum = min(maximum, limit.upperBound)
    if result.minimum > result.maximum { (result.minimum, result.maximum) = (0, 0) }
    for (page, start) in pages {
      for bin in 0..<Self.binsPerPage {
        let center = Self.place(page % Self.pagesPerSign * Self.binsPerPage + bin).center
        let number = page < Self.pagesPerSign ? center : -center
        if !limit.contains(number) { result.counts[start + bin] = 0 }
      }
    }
    return result
  }

  /// The bins that are not empty, from the least to the largest, without zeros.
  var bins: [Bin] {
    let positive = pages.filter { $0.page < Self.pagesPerSign }
    let negative = pages.filter { $0.page >= Self.pagesPerSign }
    return negative.reversed().flatMap {
      bins(ofPage: $0.page - Self.pagesPerSign, $0.start, sign: -1).reversed()
    }
      + positive.flatMap { bins(ofPage: $0.page, $0.start, sign: 1) }
  }

  /// The bins of a page that are not empty, the smallest in magnitude first.
  private func bins(ofPage page: Int, _ start: Int, sign: Float) -> [Bin] {
    (0..<Self.binsPerPage).compactMap { bin in
      let count = counts[start + bin]
      guard count > 0 else { return nil }
      let (center, width) = Self.place(page * Self.binsPerPage + bin)
      return Bin(center: sign * center, width: width, count: count)
    }
  }

  /// How many numbers were seen.
  var count: Int { counts.reduce(zeroCount, +) }

  private static func place(_ bin: Int) -> (center: Float, width: Float) {
    let start = Float(bitPattern: (firstKey &+ UInt32(bin)) << (23 - fractionBits))
    let end = Float(bitPattern: (firstKey &+ UInt32(bin) &+ 1) << (23 - fractionBits))
    return ((start + end) / 2, end - start)
  }
}
