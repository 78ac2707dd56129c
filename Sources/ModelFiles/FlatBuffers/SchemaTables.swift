/// A table that is read and written field by field: its slots in the schema's order.
///
/// A union takes two slots, the first for its type. Names are the schema's in Swift case.
protocol SchemaTable: RawRepresentable<Int>, CaseIterable, Sendable {
  static var schemaName: String { get }
}

enum ModelField: Int, SchemaTable {
  case version, operatorCodes, subgraphs, description, buffers, metadataBuffer, metadata, signatureDefs
  case externalBufferGroups, externalBuffers
  static let schemaName = "Model"
}

enum OperatorCodeField: Int, SchemaTable {
  case deprecatedBuiltinCode, customCode, version, builtinCode
  static let schemaName = "OperatorCode"
}

enum SubGraphField: Int, SchemaTable {
  case tensors, inputs, outputs, operators, name, debugMetadataIndex
  static let schemaName = "SubGraph"
}

enum TensorField: Int, SchemaTable {
  case shape, type, buffer, name, quantization, isVariable, sparsity, shapeSignature, hasRank
  case variantTensors, externalBuffer
  static let schemaName = "Tensor"
}

enum QuantizationField: Int, SchemaTable {
  case min, max, scale, zeroPoint, detailsType, details, quantizedDimension
  static let schemaName = "QuantizationParameters"
}

enum OperatorField: Int, SchemaTable {
  case opcodeIndex, inputs, outputs, builtinOptionsType, builtinOptions, customOptions
  case customOptionsFormat, mutatingVariableInputs, intermediates, largeCustomOptionsOffset
  case largeCustomOptionsSize, builtinOptions2Type, builtinOptions2, debugMetadataIndex
  static let schemaName = "Operator"
}

enum BufferField: Int, SchemaTable {
  case data, offset, size
  static let schemaName = "Buffer"
}

enum MetadataField: Int, SchemaTable {
  case name, buffer
  static let schemaName = "Metadata"
}

enum TensorMapField: Int, SchemaTable {
  case name, tensorIndex
  static let schemaName = "TensorMap"
}

enum SignatureField: Int, SchemaTable {
  case inputs, outputs, signatureKey, deprecatedTag, subgraphIndex
  static let schemaName = "SignatureDef"
}
