import GraphIR

/// What the ports of a model's main graph are called: by their tensors and by a signature.
struct PortNames {
  private let inputs: [[String]]
  private let outputs: [[String]]

  init(_ model: Model) {
    guard let main = model.graphs.first else {
      (inputs, outputs) = ([], [])
      return
    }
    let signatures = (model.signatures ?? []).filter { $0.graph.index == 0 }
    func names(_ ports: [ValueID?], _ bindings: [Model.Signature.Binding]) -> [[String]] {
      ports.map { id in
        guard let id else { return [] }
        return ([main[id].name] + bindings.filter { $0.value == id }.map(\.name)).compactMap(\.self)
          .filter { !$0.isEmpty }
      }
    }
    inputs = names(main.inputs, signatures.flatMap { $0.inputs ?? [] })
    outputs = names(main.outputs, signatures.flatMap { $0.outputs ?? [] })
  }

  func input(_ text: String) -> Int? { Self.position(text, inputs) }

  func output(_ text: String) -> Int? { Self.position(text, outputs) }

  /// The name that a signature gives a port, which programs use; nil without one.
  static func signatureName(of id: ValueID, _ direction: FirmwarePort.Direction, in model: Model) -> String? {
    let signatures = (model.signatures ?? []).filter { $0.graph.index == 0 }
    let bindings = signatures.flatMap { (direction == .input ? $0.inputs : $0.outputs) ?? [] }
    return bindings.first { $0.value == id }?.name
  }

  var inputList: String { Self.list(inputs) }
  var outputList: String { Self.list(outputs) }

  /// A name counts where one port alone has it.
  private static func position(_ text: String, _ ports: [[String]]) -> Int? {
    if text.hasPrefix("#"), let number = Int(text.dropFirst()), ports.indices.contains(number) {
      return number
    }
    let found = ports.indices.filter { ports[$0].contains(text) }
    return found.count == 1 ? found[0] : nil
  }

  private static func list(_ ports: [[String]]) -> String {
    ports.enumerated().map { "#\($0)" + ($1.first.map { " '\($0)'" } ?? "") }.joined(separator: ", ")
  }
}
