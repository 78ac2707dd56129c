/// A placement problem with the names its buffers have in a file.
///
/// The form is minimalloc's: columns `id,lower,upper,size` in any order, half-open lifetimes, and
/// optionally `alignment`, `offset` (a fixed one) and `over`; a solution adds `offset`. Under `over` stand, separated by
/// spaces, the buffers that the row's buffer may share bytes with: `a:16` where it starts at least 16 bytes
/// before `a`, `a:=` where both have one address.
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
    let overlaps = try Self.overlaps(table, names)
    let problem = PlacementProblem(unchecked: buffers, overlaps: overlaps)
    if let (first, second) = problem.fixedOverlap {
      let other = "'\(names[first])' (line \(table.rows[first].line))"
      let reason = "'\(names[second])' and \(other) are live together and their fixed offsets overlap"
      throw .invalidCSV(line: table.rows[second].line, reason: reason)
    }
    self.init(names: names, problem: try PlacementProblem(buffers: buffers, overlaps: overlaps))
  }

  /// What the rows say under `over`.
  private static func overlaps(_ table: CSVRows, _ names: [String]) throws(PlanningError) -> [AllowedOverlap]
  {
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() where indices[name] == nil { indices[name] = index }
    var overlaps: [AllowedOverlap] = []
    for (index, row) in table.rows.enumerated() {
      for part in table.text("over", in: row).split(separator: " ") {
        let reason = "'\(part)' under 'over' is no buffer with ':=' or a distance such as ':16' behind it"
        guard let colon = part.lastIndex(of: ":"), let other = indices[String(part[..<colon])] else {
          throw .invalidCSV(line: row.line, reason: reason)
        }
        let text = part[part.index(after: colon)...]
        guard let distance = text == "=" ? 0 : Int(text), distance >= 0 else {
          throw .invalidCSV(line: row.line, reason: reason)
        }
        overlaps.append(
          AllowedOverlap(first: index, second: other, text == "=" ? .equal : .startsBefore(distance)))
      }
    }
    return overlaps
  }

  /// The problem as CSV, with an `offset` column where a placement is given.
  package func csv(with placement: Placement? = nil) -> String {
    let hasAlignment = problem.buffers.contains { $0.alignment != 1 }
    let hasOffset = placement != nil || problem.buffers.contains { $0.fixedOffset != nil }
    let over = overlapCells
    var lines = [
      "id,lower,upper,size" + (hasAlignment ? ",alignment" : "") + (over.isEmpty ? "" : ",over")
        + (hasOffset ? ",offset" : "")
    ]
    for (index, buffer) in problem.buffers.enumerated() {
      let name = CSVRows.quotedIfNeeded(names[index])
      var cells = [name, "\(buffer.lower)", "\(buffer.upper)", "\(buffer.size)"]
      if hasAlignment { cells.append("\(buffer.alignment)") }
      if !over.isEmpty { cells.append(CSVRows.quotedIfNeeded(over[index])) }
      if hasOffset {
        let offset = placement.map { $0.offsets[index] } ?? buffer.fixedOffset
        cells.append(offset.map(String.init) ?? "")
      }
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What stands under `over`, by buffer; empty where nothing may overlap.
  private var overlapCells: [String] {
    if problem.overlaps.isEmpty { return [] }
    var parts = names.map { _ in [String]() }
    for overlap in problem.overlaps {
      let condition = overlap.condition == .equal ? "=" : "\(overlap.leastDistance)"
      parts[overlap.first].append("\(names[overlap.second]):\(condition)")
    }
    return parts.map { $0.joined(separator: " ") }
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
