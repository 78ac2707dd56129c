package import Tensors

/// A whole file: subgraphs that may call each other, and what surrounds them.
///
/// A model is made whole and then changes by edits only; see `ModelEdit`.
package struct Model: Sendable {
  package internal(set) var graphs: [Graph]
  package internal(set) var description: String?
  package internal(set) var version: UInt32
  package internal(set) var metadata: [MetadataEntry]?
  package internal(set) var signatures: [Signature]?
  /// Buffers that the file lists as metadata (an older way than `metadata`).
  package internal(set) var metadataBuffers: [TensorData]?
  package internal(set) var externalBufferGroups: [Record]?
  package internal(set) var externalBuffers: [Record]?
  /// The file's tables of operator codes and buffers, in its order; a writer keeps the order and
  /// appends what the graphs use besides.
  package internal(set) var operatorCodes: [OperatorCode]
  package internal(set) var buffers: [TensorData]
  /// What stands behind the model in its file, such as a ZIP archive with labels; offsets in an
  /// archive count from its own start.
  package internal(set) var appendix: [UInt8]
  /// Places of the file that hold what the schema does not know; at most the first few.
  ///
  /// Such a model can be planned, but not written: what is unknown would be lost.
  package internal(set) var unknownParts: [String]
  /// What its reader found unusual about the file and no error, each as a clause.
  package var remarks: [String] = []
  /// Bytes of the file that the model was read from; nil where it was not. Editing keeps it.
  package var sourceByteCount: Int?

  /// A named blob, such as `OfflineMemoryAllocation`.
  package struct MetadataEntry: Sendable {
    package var name: String?
    package var data: TensorData

    package init(name: String?, data: TensorData) {
      self.name = name
      self.data = data
    }
  }

  /// A named entry point: names for inputs and outputs of one subgraph.
  package struct Signature: Hashable, Sendable {
    package var key: String?
    package var graph: GraphID
    package var inputs: [Binding]?
    package var outputs: [Binding]?
    /// A field that the format has given up, kept where a file has it.
    package var deprecatedTag: String?

    package struct Binding: Hashable, Sendable {
      package var name: String?
      package var value: ValueID

      package init(name: String?, value: ValueID) {
        self.name = name
        self.value = value
      }
    }

    package init(
      key: String?, graph: GraphID, inputs: [Binding]?, outputs: [Binding]?, deprecatedTag: String? = nil
    ) {
      self.key = key
      self.graph = graph
      self.inputs = inputs
      self.outputs = outputs
      self.deprecatedTag = deprecatedTag
    }
  }

  package init(
    graphs: [Graph], description: String? = nil, version: UInt32 = 3, metadata: [MetadataEntry]? = nil,
    signatures: [Signature]? = nil, metadataBuffers: [TensorData]? = nil,
    externalBufferGroups: [Record]? = nil, externalBuffers: [Record]? = nil,
    operatorCodes: [OperatorCode] = [], buffers: [TensorData] = [], appendix: [UInt8] = [],
    unknownParts: [String] = []
  ) {
    self.graphs = graphs
    self.description = description
    self.version = version
    self.metadata = metadata
    self.signatures = signatures
    self.metadataBuffers = metadataBuffers
    self.externalBufferGroups = externalBufferGroups
    self.externalBuffers = externalBuffers
    self.operatorCodes = operatorCodes
    self.buffers = buffers
    self.appendix = appendix
    self.unknownParts = unknownParts
  }
}
