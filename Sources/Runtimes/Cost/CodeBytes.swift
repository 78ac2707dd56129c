/// What TFLM's code takes in flash with one library of kernels, read off linked firmware; see `Scripts/peers/code_size`.
struct CodeBytes: Sendable {
  /// Code and constants that come into firmware with any of some operators, once.
  struct Part: Sendable {
    let bytes: Int
    /// By name, as `OperatorCode.name` has it.
    let operators: Set<String>

    /// - Parameter operators: names, each behind a space but the first.
    init(_ bytes: Int, _ operators: String) {
      self.bytes = bytes
      self.operators = Set(operators.split(separator: " ").map(String.init))
    }
  }

  /// Firmware whose resolver has no operator: the interpreter, the C library as far as it needs it, the start-up code.
  let base: Int
  /// How much of the base is the C library, the compiler's own, and the start-up code.
  let cLibrary: Int
  let parts: [Part]
  /// The operators that were linked.
  let operators: Set<String>

  init(base: Int, cLibrary: Int, parts: [Part]) {
    self.base = base
    self.cLibrary = cLibrary
    self.parts = parts
    operators = parts.reduce(into: []) { $0.formUnion($1.operators) }
  }

  /// What operators bring in beside the base; those that were not linked count nothing.
  func bytes(of names: Set<String>) -> Int {
    parts.reduce(0) { $0 + ($1.operators.isDisjoint(with: names) ? 0 : $1.bytes) }
  }
}

extension CodeBytes {
  /// How far a build for a processor and a library as measured may be from the table, as factors.
  ///
  /// High: with the kernels at -O2, as TFLM's own makefile has them, firmware with the operators of 13 models was
  /// 1.04 to 1.33 times as large (`Scripts/peers/code_size --only-sets --kernels-at -O2`). Low is a guess: another
  /// compiler, and an application that has the C library anyway.
  static let measuredSpread = (low: 0.85, high: 1.35)

  /// The same for other processors and for ESP-NN: a guess, for which no public measurement was found.
  static let guessedSpread = (low: 0.8, high: 1.6)
}
