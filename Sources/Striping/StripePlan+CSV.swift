/// A plan as text, to be kept, compared, or made elsewhere: a line for the turns, for each map, and for each layer.
///
/// ```
/// turns,9,rows,1
/// map,height,8,rowBytes,4,rate,1,delay,0,history,2,carried,1
/// layer,inputs,0,extent,3,stride,1,padding,1,repeats,1,work,0
/// ```
extension StripePlan {
  package var csv: String {
    var lines = ["turns,\(turns),rows,\(rowsPerTurn)"]
    for (map, own) in zip(run.maps, maps) {
      lines.append(
        "map,height,\(map.height),rowBytes,\(map.rowBytes),rate,\(own.rate),delay,\(own.delay),"
          + "history,\(own.history),carried,\(own.isCarried ? 1 : 0)")
    }
    for layer in run.layers {
      let window = layer.window
      lines.append(
        "layer,inputs,\(layer.inputs.map(String.init).joined(separator: " ")),extent,\(window.extent),"
          + "stride,\(window.stride),padding,\(window.paddingBefore),repeats,\(window.repeats),"
          + "work,\(layer.rowWork)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads a plan, right or not: `StripeJudge` tells.
  ///
  /// - Throws: `StripingError.invalidRun` for text that is none, or layers that are no run.
  package init(csv text: String) throws(StripingError) {
    var (head, maps, plans, layers) = ([String: Int](), [StripeRun.Map](), [MapPlan](), [StripeRun.Layer]())
    for (number, line) in text.split(separator: "\n").enumerated() {
      var line = Line(line, number: number + 1)
      switch line.kind {
      case "turns": head = ["turns": try line.number("turns", 1...), "rows": try line.number("rows", 1...)]
      case "map":
        maps.append(
          StripeRun.Map(height: try line.number("height", 1...), rowBytes: try line.number("rowBytes", 1...)))
        plans.append(
          MapPlan(
            rate: try line.number("rate", 0...), delay: try line.number("delay", 0...),
            history: try line.number("history", 0...), isCarried: try line.number("carried", 0...) == 1))
      case "layer": layers.append(try line.layer())
      default: throw .invalidRun("line \(number + 1) is neither turns nor a map nor a layer")
      }
    }
    guard let turns = head["turns"], let rows = head["rows"] else {
      throw .invalidRun("no line tells the turns")
    }
    try self.init(StripeRun(maps: maps, layers: layers), rowsPerTurn: rows, turns: turns, maps: plans)
  }

  private struct Line {
    let number: Int
    let kind: String
    private var fields: [String: String] = [:]

    init(_ text: Substring, number: Int) {
      self.number = number
      var words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      kind = words.first ?? ""
      if kind != "turns" { words.removeFirst() }
      for place in stride(from: 0, to: words.count - 1, by: 2) { fields[words[place]] = words[place + 1] }
    }

    /// Numbers stay small enough to multiply.
    func number(_ name: String, _ range: PartialRangeFrom<Int>) throws(StripingError) -> Int {
      guard let number = fields[name].flatMap({ Int($0) }), range.contains(number), number <= 1 << 30 else {
        throw .invalidRun("line \(self.number) has no \(name), or none that makes sense")
      }
      return number
    }

    mutating func layer() throws(StripingError) -> StripeRun.Layer {
      let inputs = (fields["inputs"] ?? "").split(separator: " ").map { Int($0) }
      guard !inputs.contains(nil) else { throw .invalidRun("line \(number) reads maps that are no numbers") }
      let repeats = try number("repeats", 1...)
      let (extent, stride) = (try number("extent", 1...), try number("stride", 1...))
      let padding = try number("padding", 0...)
      guard repeats == 1 || (extent, stride, padding) == (1, 1, 0) else {
        throw .invalidRun("line \(number) repeats rows that it makes of several")
      }
      return StripeRun.Layer(
        inputs: inputs.compactMap(\.self),
        window: repeats > 1
          ? .init(repeats: repeats) : .init(extent: extent, stride: stride, paddingBefore: padding),
        rowWork: try number("work", 0...))
    }
  }
}
