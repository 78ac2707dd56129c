/// A placement problem with the names its buffers have in a file.
///
/// The form is minimalloc's: columns `id,lower,upper,size` in any order, half-open lifetimes, and
/// optionally `alignment` and `offset` (a fixed one); a solution adds `offset`.
package struct NamedPlacementProblem: Sendable, Equatable {
  package let names: [String]
  package let problem: PlacementProblem

  package init(names: [String], problem: PlacementProblem) {
    self.names = names
    self.problem = problem
  }

  /// - Throws: `PlanningError` naming the line of the first row that cannot be read.
  package init(csv text: String) throws(PlanningError) {
    let table = try CSVRows(text, requiring: ["id", "lower", "upper", "size"])
    var names: [String] = []
    var buffers: [PlacementProblem.Buffer] = []
    for row in table.rows {
      let buffer = PlacementProblem.Buffer(
        size: try table.requiredInteger("size", in: row),
        lower: try table.requiredInteger("lower", in: row),
        upper: try table.requiredInteger("upper", in: row),
        alignment: try table.integer("alignment", in: row) ?? 1,
        fixedOffset: try table.integer("offset", in: row))
      do throws(PlanningError) {
        _ = try PlacementProblem(buffers: [buffer])
      } catch {
        throw .invalidCSV(line: row.line, reason: "\(error)".replacingPrefix("buffer 0", with: "the buffer"))
      }
      names.append(table.text("id", in: row))
      buffers.append(buffer)
    }
    if let (first, second) = PlacementProblem.fixedOverlap(of: buffers) {
      let other = "'\(names[first])' (line \(table.rows[first].line))"
      let reason = "'\(names[second])' and \(other) are live together and their fixed offsets overlap"
      throw .invalidCSV(line: table.rows[second].line, reason: reason)
    }
    self.init(names: names, problem: try PlacementProblem(buffers: buffers))
  }

  /// The problem as CSV, with an `offset` column where a placement is given.
  package func csv(with placement: Placement? = nil) -> String {
    let hasAlignment = problem.buffers.contains { $0.alignment != 1 }
    let hasOffset = placement != nil || problem.buffers.contains { $0.fixedOffset != nil }
    var lines = ["id,lower,upper,size" + (hasAlignment ? ",alignment" : "") + (hasOffset ? ",offset" : "")]
    for (index, buffer) in problem.buffers.enumerated() {
      let name = CSVRows.quotedIfNeeded(names[index])
      var cells = [name, "\(buffer.lower)", "\(buffer.upper)", "\(buffer.size)"]
      if hasAlignment { cells.append("\(buffer.alignment)") }
      if hasOffset {
        let offset = placement.map { $0.offsets[index] } ?? buffer.fixedOffset
        cells.append(offset.map(String.init) ?? "")
      }
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
