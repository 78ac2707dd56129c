package import Boards
package import GraphIR

/// How many bytes of flash the code of TFLM takes that a model needs; an estimate, nothing was linked.
///
/// The model's file comes on top, and so does all that is not TFLM.
package struct CodeEstimate: Sendable, Equatable {
  /// An operator of the model whose kernels were linked.
  package struct Operator: Sendable, Equatable {
    package let name: String
    /// What firmware with this operator alone has more than one without any. Operators share code: these do not add up.
    package let bytes: Int
  }

  package let low: Int
  package let best: Int
  package let high: Int
  /// What firmware takes that has no operator, as measured: the interpreter and what it needs of the C library.
  package let base: Int
  /// How much of that is the C library, the compiler's own, and the start-up code; firmware has it once.
  package let cLibrary: Int
  /// In order of their names, each once.
  package let operators: [Operator]
  /// Operators of which nothing is known and which count nothing, in order of their names.
  package let unknown: [String]
  /// A sentence that says for what the figures hold.
  package let conditions: String

  /// Estimates the code for the operators of all graphs: TFLM prepares those that are never called too.
  ///
  /// - Parameter processor: nil for the one that was measured, a Cortex-M4.
  package init(_ model: Model, kernels: KernelLibrary, processor: Processor? = nil) {
    let table = CodeBytes(kernels)
    var linked: Set<String> = []
    var others: Set<String> = []
    for code in Set(model.graphs.flatMap(\.nodes).map(\.code)) {
      // By the facts: a custom operator may have a builtin's name.
      if TFLMOperator[code] != nil, table.operators.contains(code.name) {
        linked.insert(code.name)
      } else {
        others.insert(code.name)
      }
    }
    let isMeasured = Self.isMeasured(kernels, on: processor)
    let spread = isMeasured ? CodeBytes.measuredSpread : CodeBytes.guessedSpread

    let bytes = table.base + table.bytes(of: linked)
    let least = kernels == .espNN ? CodeBytes.reference.base + CodeBytes.reference.bytes(of: linked) : bytes
    best = bytes
    low = Int((Double(min(least, bytes)) * spread.low).rounded(.down))
    high = Int((Double(bytes) * spread.high).rounded(.up))
    base = table.base
    cLibrary = table.cLibrary
    operators = linked.sorted().map { Operator(name: $0, bytes: table.bytes(of: [$0])) }
    unknown = others.sorted()
    conditions = Self.conditions(kernels, isMeasured: isMeasured)
  }
}

extension CodeEstimate {
  private static func isMeasured(_ kernels: KernelLibrary, on processor: Processor?) -> Bool {
    guard kernels != .espNN else { return false }
    guard let processor else { return true }
    return processor.core == .cortexM(.m4) && processor.floatUnit != Processor.FloatUnit.none
  }

  private static func conditions(_ kernels: KernelLibrary, isMeasured: Bool) -> String {
    let from =
      switch kernels {
      case .reference: "TFLM's portable kernels"
      case .cmsisNN: "CMSIS-NN's kernels"
      case .espNN: "CMSIS-NN's kernels in place of ESP-NN's, which were not measured"
      }
    let range =
      isMeasured
      ? "the range spans kernels optimized for speed, as TFLM's own makefile builds them"
      : "for another processor or library the range is a guess"
    return
      "an estimate from firmware linked with \(from) for a Cortex-M4 with FPU by \(CodeBytes.compiler) at -Os, without "
      + "error texts and unused sections, with the C library newlib-nano; \(range); your own application and drivers, "
      + "and the model's file, come on top"
  }
}

extension CodeBytes {
  init(_ kernels: KernelLibrary) {
    switch kernels {
    case .reference: self = .reference
    // ESP-NN was not linked; its optimized kernels stand beside the portable ones as CMSIS-NN's do.
    case .cmsisNN, .espNN: self = .cmsisNN
    }
  }
}
