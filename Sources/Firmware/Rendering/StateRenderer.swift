import Planning

/// How a program feeds outputs back into inputs.
struct StateRenderer {
  let firmware: Firmware

  private var space: String { firmware.name.text }

  /// The pairs whose ports a C++ program can see.
  private var pairs: [(pair: StatePair, input: FirmwarePort, output: FirmwarePort)] {
    firmware.states.compactMap { pair in
      guard let input = firmware.inputs.first(where: { $0.index == pair.input }), input.cppType != nil,
        let output = firmware.outputs.first(where: { $0.index == pair.output })
      else { return nil }
      return (pair, input, output)
    }
  }

  private func isShared(_ pair: StatePair) -> Bool { firmware.sharedStates.contains(pair) }

  var isEmpty: Bool { pairs.isEmpty }

  var needsCopies: Bool { pairs.contains { !isShared($0.pair) } }

  /// Arrays for states that have to be kept outside of the arena.
  var declarations: String {
    let arrays = pairs.filter { !isShared($0.pair) }.compactMap {
      PortRenderer(port: $0.input, space: space).storeDeclaration
    }
    return arrays.isEmpty
      ? "" : (["// What inferences leave for the next."] + arrays + [""]).joined(separator: "\n") + "\n"
  }

  /// The function that begins anew.
  var reset: [String] {
    guard !isEmpty else { return [] }
    let body = pairs.flatMap { pair, input, _ in
      let port = PortRenderer(port: input, space: space)
      return port.clear + (isShared(pair) ? [] : port.storeFirst)
    }
    return [
      (["// Sets the states to zero, as before the first inference.", "bool ResetState() {"] + body
        + ["  return true;", "}", ""]).joined(separator: "\n")
    ]
  }

  /// Lines that fill an input that is a state; nil for other inputs.
  func fill(_ port: FirmwarePort) -> [String]? {
    guard let (pair, input, output) = pairs.first(where: { $0.input.index == port.index }) else { return nil }
    if isShared(pair) {
      return [
        "  // Input \(input.index) is output \(output.index) of the last inference: both lie at one address."
      ]
    }
    return PortRenderer(port: input, space: space).restore
  }

  /// Lines that keep the outputs, all of them before any input is written.
  var keep: [String] {
    pairs.filter { !isShared($0.pair) }.flatMap { PortRenderer(port: $0.input, space: space).keep($0.output) }
  }
}
