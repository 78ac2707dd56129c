import Passes
import Planning

/// Which tensor holds most of each cell of a grid: steps across, addresses up.
struct ArenaRaster {
  let rowCount: Int
  let columnCount: Int
  /// Index in the plan's tensors by row and column, or nil where most of the cell is free.
  private(set) var cells: [[Int?]]

  init(_ plan: Plan, _ axis: StepAxis, rowCount: Int) {
    self.rowCount = rowCount
    columnCount = axis.columnCount
    cells = Array(repeating: Array(repeating: nil, count: axis.columnCount), count: rowCount)
    let height = Double(max(plan.arenaBytes, 1)) / Double(rowCount)
    var used = Array(repeating: Array(repeating: 0.0, count: axis.columnCount), count: rowCount)
    var most = used
    let columns = (0..<axis.columnCount).map(axis.steps)
    for (index, tensor) in plan.buffers.enumerated() where tensor.byteCount > 0 {
      let bottom = Double(tensor.offset) / height
      let top = Double(tensor.offset) / height + Double(tensor.byteCount) / height
      let firstRow = min(Int(bottom), rowCount - 1)
      for (column, steps) in columns.enumerated() where steps.overlaps(tensor.lifetime) {
        let width = Double(steps.clamped(to: tensor.lifetime).count) / Double(steps.count)
        for row in firstRow..<min(rowCount, max(firstRow + 1, Int(top.rounded(.up)))) {
          let area = width * (min(top, Double(row + 1)) - max(bottom, Double(row)))
          used[row][column] += area
          guard area > most[row][column] else { continue }
          most[row][column] = area
          cells[row][column] = index
        }
      }
    }
    for row in 0..<rowCount {
      for column in 0..<columnCount where used[row][column] < 0.5 { cells[row][column] = nil }
    }
  }

  /// For each tensor a number from 0 to `count - 1` that none of its neighbours in the grid has,
  /// where `count` allows it; larger tensors choose first.
  func shades(tensorCount: Int, order: [Int], count: Int) -> [Int] {
    var neighbours = [Set<Int>](repeating: [], count: tensorCount)
    func join(_ left: Int?, _ right: Int?) {
      guard let left, let right, left != right else { return }
      neighbours[left].insert(right)
      neighbours[right].insert(left)
    }
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        if row > 0 { join(cells[row][column], cells[row - 1][column]) }
        if column > 0 { join(cells[row][column], cells[row][column - 1]) }
      }
    }
    var shades = [Int](repeating: -1, count: tensorCount)
    for tensor in order {
      let taken = neighbours[tensor].map { shades[$0] }
      shades[tensor] = (0..<count).first { !taken.contains($0) } ?? tensor % count
    }
    return shades
  }
}
