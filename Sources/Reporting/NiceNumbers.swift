/// Round numbers for the ticks of axes.
enum NiceNumbers {
  /// The smallest of 1, 2, 5, 10, 20, 50, … that is not below `minimum`.
  static func interval(atLeast minimum: Int) -> Int {
    var decade = 1
    while decade < minimum / 10 { decade *= 10 }
    for factor in [1, 2, 5, 10, 20, 50, 100] where decade * factor >= minimum { return decade * factor }
    return max(minimum, 1)
  }

  /// `part` of `count` equal parts of a number, rounded down, without overflow for small counts.
  static func part(_ part: Int, of count: Int, in whole: Int) -> Int {
    whole / count * part + whole % count * part / count
  }

  /// The smallest power of two that divides `range` into at most `count` parts.
  static func binaryInterval(_ range: Int, parts count: Int) -> Int {
    var interval = 1
    while range / count >= interval, interval < 1 << 61 { interval *= 2 }
    return interval
  }
}
