/// A copy of elements at regular distances: what slices, transpositions, repetitions and concatenations are.
///
/// Contiguous runs are found once and copied as blocks.
struct AffineCopy: Sendable {
  /// One loop of the copy: how often, and how many elements each round advances.
  struct Axis: Sendable, Equatable {
    var count: Int
    var source: Int
    var target: Int
  }

  /// Loops around a block, outermost first.
  private let axes: [Axis]
  private let sourceStart: Int
  private let targetStart: Int
  /// Elements of one block.
  private let block: Int
  /// Bytes of an element.
  private let width: Int
  private let isEmpty: Bool

  /// - Parameters:
  ///   - width: bytes of an element.
  ///   - start: the first element, in the source and in the target.
  ///   - axes: loops, outermost first.
  ///   - counts: elements of the source and of the target.
  /// - Throws: `invalidShape` where an element lies outside.
  init(
    width: Int, start: (source: Int, target: Int) = (0, 0), axes: [Axis], counts: (source: Int, target: Int)
  ) throws(KernelError) {
    self.width = width
    sourceStart = start.source
    targetStart = start.target
    isEmpty = axes.contains { $0.count <= 0 }
    var loops = isEmpty ? [] : Self.merged(axes)
    if let last = loops.last, last.source == 1, last.target == 1 {
      block = last.count
      loops.removeLast()
    } else {
      block = 1
    }
    self.axes = loops
    guard !isEmpty else { return }
    try Self.check(start.source, loops.map { ($0.count, $0.source) }, block, counts.source)
    try Self.check(start.target, loops.map { ($0.count, $0.target) }, block, counts.target)
  }

  func run(from source: TensorMemory, to target: TensorMemory) {
    guard !isEmpty else { return }
    switch (block, width) {
    case (1, 1): moveElements(source.elements(UInt8.self), target.elements(UInt8.self))
    case (1, 2): moveElements(source.elements(UInt16.self), target.elements(UInt16.self))
    case (1, 4): moveElements(source.elements(UInt32.self), target.elements(UInt32.self))
    case (1, 8): moveElements(source.elements(UInt64.self), target.elements(UInt64.self))
    default: moveBlocks(source.elements(UInt8.self), target.elements(UInt8.self))
    }
  }

  /// Copies single elements, each as what `transform` makes of it.
  @inline(__always)
  func run<Element: BitwiseCopyable>(
    _ source: TensorBuffer<Element>, _ target: TensorBuffer<Element>, _ transform: (Element) -> Element
  ) {
    guard !isEmpty else { return }
    forEachRow { from, to, axis in
      for index in 0..<axis.count {
        for offset in 0..<block {
          target[to &+ index &* axis.target &+ offset] =
            transform(source[from &+ index &* axis.source &+ offset])
        }
      }
    }
  }

  private func moveElements<Element: BitwiseCopyable>(
    _ source: TensorBuffer<Element>, _ target: TensorBuffer<Element>
  ) {
    forEachRow { from, to, axis in
      for index in 0..<axis.count {
        target[to &+ index &* axis.target] = source[from &+ index &* axis.source]
      }
    }
  }

  private func moveBlocks(_ source: TensorBuffer<UInt8>, _ target: TensorBuffer<UInt8>) {
    let byteCount = block * width
    forEachRow { from, to, axis in
      var from = from * width
      var to = to * width
      for _ in 0..<axis.count {
        target.copy(from: source, from..<from + byteCount, to: to)
        from += axis.source * width
        to += axis.target * width
      }
    }
  }

  /// Calls back with the start of every innermost loop.
  @inline(__always)
  private func forEachRow(_ body: (_ source: Int, _ target: Int, _ axis: Axis) -> Void) {
    let row = axes.last ?? Axis(count: 1, source: 0, target: 0)
    let outer = axes.dropLast()
    var position = [Int](repeating: 0, count: outer.count)
    var source = sourceStart
    var target = targetStart
    while true {
      body(source, target, row)
      var axis = outer.count - 1
      while axis >= 0 {
        position[axis] += 1
        source += outer[axis].source
        target += outer[axis].target
        if position[axis] < outer[axis].count { break }
        source -= outer[axis].source * outer[axis].count
        target -= outer[axis].target * outer[axis].count
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// The loops without those of one round, neighbours that continue each other as one.
  private static func merged(_ axes: [Axis]) -> [Axis] {
    var result: [Axis] = []
    for axis in axes where axis.count != 1 {
      if let last = result.last, last.source == axis.source.saturatingMultiply(axis.count),
        last.target == axis.target.saturatingMultiply(axis.count)
      {
        result[result.count - 1] = Axis(
          count: last.count.saturatingMultiply(axis.count), source: axis.source, target: axis.target)
      } else {
        result.append(axis)
      }
    }
    return result
  }

  private static func check(
    _ start: Int, _ loops: [(count: Int, stride: Int)], _ block: Int, _ count: Int
  ) throws(KernelError) {
    var lowest = start
    var highest = start
    var overflow = false
    for (rounds, stride) in loops + [(block, 1)] {
      let (reach, tooFar) = (rounds - 1).multipliedReportingOverflow(by: stride)
      let (sum, tooLarge) = (reach < 0 ? lowest : highest).addingReportingOverflow(reach)
      overflow = overflow || tooFar || tooLarge
      if reach < 0 { lowest = sum } else { highest = sum }
    }
    guard !overflow, lowest >= 0, highest < count else {
      throw .invalidShape("its operands reach beyond a tensor of \(count) elements")
    }
  }
}
