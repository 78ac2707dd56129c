import GraphIR
import Runtimes

/// The operators that a model's resolver must know, each once.
package struct OperatorResolver: Sendable, Equatable {
  /// One call on the resolver.
  package enum Registration: Sendable, Equatable {
    /// A method of the resolver without arguments, such as `AddConv2D`.
    case method(String)
    /// An operator whose kernel the program brings: its name, and the function that returns it.
    case custom(name: String, function: String)

    /// The name that calls are ordered by.
    var sortKey: String {
      switch self {
      case .method(let name): name
      case .custom(let name, let function): "AddCustom \(function) \(name)"
      }
    }
  }

  /// In order of their names.
  package let registrations: [Registration]
  /// Builtin operators for which TFLM has no kernel, by name.
  package let missing: [String]
  /// Methods that the library Arduino_TensorFlowLite 2.4.0-ALPHA lacks, in order of their names.
  let methodsNewerThanArduinoLibrary: [String]

  /// Collects the operators of all subgraphs: TFLM prepares those that are never called too.
  init(_ model: Model) {
    var registrations: [Registration] = []
    var missing: [String] = []
    for node in model.graphs.flatMap(\.nodes) {
      let registration = Self.registration(of: node.code)
      if let registration, !registrations.contains(registration) { registrations.append(registration) }
      if registration == nil, !missing.contains(node.code.name) { missing.append(node.code.name) }
    }
    self.registrations = registrations.sorted { $0.sortKey < $1.sortKey }
    self.missing = missing.sorted()
    let methods = model.graphs.flatMap(\.nodes).compactMap { TFLMOperator[$0.code]?.method }
    methodsNewerThanArduinoLibrary = Set(methods.filter { !$0.isInArduinoLibrary }.map(\.name)).sorted()
  }

  /// Operators that the resolver must have room for: at least 1, as C++ has no empty arrays.
  package var capacity: Int { max(1, registrations.count) }

  /// Kernels that the program must bring.
  var customFunctions: [String] {
    registrations.compactMap { if case .custom(_, let function) = $0 { function } else { nil } }
  }

  static func registration(of code: OperatorCode) -> Registration? {
    if let known = TFLMOperator[code] { return .method(known.method.name) }
    guard code.builtin == .custom else { return nil }
    return .custom(name: code.name, function: "Register_\(SymbolName(fileName: code.name).text)")
  }
}
