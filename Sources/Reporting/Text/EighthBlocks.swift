/// Bars whose last cell is filled in eighths.
enum EighthBlocks {
  static let rising: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let growing: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  /// Eighths of cells that `value` fills where `whole` fills all; at least one where it is positive.
  static func level(_ value: Int, of whole: Int, cells: Int) -> Int {
    guard value > 0, whole > 0, cells > 0 else { return 0 }
    let level = Int((Double(value) / Double(whole) * Double(cells * 8)).rounded())
    return min(max(level, 1), cells * 8)
  }

  /// A horizontal bar.
  static func bar(_ level: Int) -> String {
    let full = String(repeating: "█", count: level / 8)
    return level.isMultiple(of: 8) ? full : full + String(growing[level % 8])
  }
}
