/// Which operator a node is: a builtin code, or a custom operator's name, and the version.
package struct OperatorCode: Hashable, Sendable {
  package let builtin: BuiltinOperator
  /// The registered name of a custom operator; nil, or whatever a file stores there, for builtins.
  package let customName: String?
  package let version: Int32
  /// Whether a file stores the code in the wide field too; files from before 2020 have the narrow one only.
  package let isWide: Bool

  package init(
    _ builtin: BuiltinOperator, customName: String? = nil, version: Int32 = 1, isWide: Bool = true
  ) {
    self.builtin = builtin
    self.customName = customName
    self.version = version
    self.isWide = isWide
  }

  /// Whether an Ethos-U runs the operator: what Arm's compiler Vela makes of the layers that the NPU takes.
  package var isEthosU: Bool { builtin == .custom && customName == "ethos-u" }

  /// Whether the operator is TFLM's, which gives constants that the file stores in a coding.
  package var isDecode: Bool { builtin == .custom && customName == "TFLM_DECODE" }

  /// The name by which people know the operator: `CONV_2D`, or the custom name.
  package var name: String {
    guard builtin == .custom, let customName, !customName.isEmpty else { return builtin.name }
    return customName
  }
}

/// One invocation of an operator.
package struct Node: Hashable, Sendable {
  package var code: OperatorCode
  /// Which of the model's equal operator codes the file names; nil, or one that differs from `code`, means
  /// the first.
  package var codeIndex: Int?
  /// Operands by position; nil where an optional one is absent (index −1 in the file).
  package var inputs: [ValueID?]
  package var outputs: [ValueID]
  /// Scratch values that quantized LSTMs name; nil where the file stores none.
  package var intermediates: [ValueID?]?
  /// `builtin_options`, as a union.
  package var options: Options?
  /// `builtin_options_2`, as a union.
  package var options2: Options?
  package var customOptions: CustomOptions?
  package var mutatingVariableInputs: [Bool]?
  package var debugMetadataIndex: Int32
  /// Empty lists that the file leaves out.
  package var omittedLists: OmittedLists = []
  /// The members of both unions of options that the file names without storing one; 0 for none.
  package var namedOptions = NamedOptions()

  /// A member of the options union.
  package struct Options: Hashable, Sendable {
    package let code: UInt8
    package var record: Record

    package init(code: UInt8, record: Record) {
      self.code = code
      self.record = record
    }
  }

  /// Options of a custom operator, opaque bytes.
  package struct CustomOptions: Hashable, Sendable {
    package let bytes: [UInt8]
    /// Raw `CustomOptionsFormat`.
    package let format: Int8
    /// Whether the file keeps them behind the FlatBuffer (`large_custom_options_offset`).
    package internal(set) var isAppended: Bool

    package init(bytes: [UInt8], format: Int8 = 0, isAppended: Bool = false) {
      self.bytes = bytes
      self.format = format
      self.isAppended = isAppended
    }
  }

  package init(
    code: OperatorCode, inputs: [ValueID?], outputs: [ValueID], intermediates: [ValueID?]? = nil,
    options: Options? = nil, options2: Options? = nil, customOptions: CustomOptions? = nil,
    mutatingVariableInputs: [Bool]? = nil, debugMetadataIndex: Int32 = -1
  ) {
    self.code = code
    self.inputs = inputs
    self.outputs = outputs
    self.intermediates = intermediates
    self.options = options
    self.options2 = options2
    self.customOptions = customOptions
    self.mutatingVariableInputs = mutatingVariableInputs
    self.debugMetadataIndex = debugMetadataIndex
  }

  /// The fields of `builtin_options`; an empty record where the file stores none.
  package var attributes: Record { options?.record ?? Record("") }
}

/// Members of unions that a file names and does not store; runtimes take them for absent.
package struct NamedOptions: Hashable, Sendable {
  package var first: UInt8
  package var second: UInt8

  package init(first: UInt8 = 0, second: UInt8 = 0) {
    self.first = first
    self.second = second
  }
}
