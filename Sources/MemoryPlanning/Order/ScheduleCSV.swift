extension ScheduleProblem {
  /// Reads a problem from CSV with the columns `kind,index,bytes,producer,steps,kept`.
  ///
  /// A row of kind `step` gives a step's transient bytes and, under `steps`, the steps that must come
  /// behind it; one of kind `buffer` gives a buffer's bytes, its producer (empty: there from the
  /// start), its readers under `steps` and whether it is kept (1). Lists are separated by spaces. A row of
  /// kind `overlap` lets the buffer under `producer` start at least `bytes` bytes before the one under
  /// `steps`, or, where `kept` is 1, at its address.
  ///
  /// - Throws: `PlanningError` naming the line of the first row that cannot be read.
  package init(csv text: String) throws(PlanningError) {
    let table = try CSVRows(text, requiring: ["kind", "index", "bytes", "producer", "steps", "kept"])
    var buffers: [Buffer] = []
    var precedences: [Precedence] = []
    var transientBytes: [Int] = []
    var overlaps: [AllowedOverlap] = []
    for row in table.rows {
      let index = try table.requiredInteger("index", in: row)
      let bytes = try table.requiredInteger("bytes", in: row)
      let steps = try Self.steps(table.text("steps", in: row), line: row.line)
      let kind = table.text("kind", in: row)
      let count = ["step": transientBytes.count, "overlap": overlaps.count][kind] ?? buffers.count
      guard index == count else {
        throw .invalidCSV(line: row.line, reason: "the \(kind) rows must be numbered 0, 1, 2, …")
      }
      switch kind {
      case "step":
        transientBytes.append(bytes)
        precedences += steps.map { Precedence(before: index, after: $0) }
      case "buffer":
        buffers.append(
          Buffer(
            size: bytes, producer: try table.integer("producer", in: row), consumers: steps,
            isKept: try table.integer("kept", in: row) == 1))
      case "overlap":
        guard let first = try table.integer("producer", in: row), steps.count == 1 else {
          throw .invalidCSV(
            line: row.line, reason: "an overlap names one buffer under 'producer', one under 'steps'")
        }
        let isEqual = try table.integer("kept", in: row) == 1
        overlaps.append(
          AllowedOverlap(first: first, second: steps[0], isEqual ? .equal : .startsBefore(bytes)))
      default:
        throw .invalidCSV(
          line: row.line, reason: "kind '\(kind)' is none of 'step', 'buffer' and 'overlap'")
      }
    }
    try self.init(
      buffers: buffers, precedences: precedences, transientBytes: transientBytes, overlaps: overlaps)
  }

  /// The problem in the form that `init(csv:)` reads.
  package var csv: String {
    var lines = ["kind,index,bytes,producer,steps,kept"]
    let followers = Dictionary(grouping: precedences, by: \.before)
    for (step, bytes) in transientBytes.enumerated() {
      let behind = (followers[step] ?? []).map { "\($0.after)" }
      lines.append("step,\(step),\(bytes),,\(behind.joined(separator: " ")),")
    }
    for (index, buffer) in buffers.enumerated() {
      let readers = buffer.consumers.map(String.init).joined(separator: " ")
      let producer = buffer.producer.map(String.init) ?? ""
      lines.append("buffer,\(index),\(buffer.size),\(producer),\(readers),\(buffer.isKept ? 1 : 0)")
    }
    for (index, overlap) in overlaps.enumerated() {
      let isEqual = overlap.condition == .equal ? 1 : 0
      lines.append(
        "overlap,\(index),\(overlap.leastDistance),\(overlap.first),\(overlap.second),\(isEqual)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func steps(_ text: String, line: Int) throws(PlanningError) -> [Int] {
    var steps: [Int] = []
    for part in text.split(separator: " ") {
      guard let step = Int(part) else {
        throw .invalidCSV(line: line, reason: "'\(part)' under 'steps' is not a whole number")
      }
      steps.append(step)
    }
    return steps
  }
}
