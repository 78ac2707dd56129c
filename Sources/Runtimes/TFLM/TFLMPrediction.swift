package import GraphIR

/// What TFLM will take from the arena for a model.
package struct TFLMPrediction: Sendable {
  /// Planned tensors and scratch buffers.
  package let headBytes: Int
  package let tail: TFLMTail
  /// The shortest arena in which the tensors can be allocated; a multiple of 16.
  package let smallestArenaBytes: Int
  package let scratch: [ScratchRequest]
  /// What the runtime's planner placed, and where.
  package let buffers: [PlannedBuffer]
  /// Operators that the runtime has no kernel for, or whose allocations are not known: by name, each once.
  package let unknownOperators: [String]

  package var tailBytes: Int { tail.totalBytes }
  package var totalBytes: Int { headBytes + tailBytes }

  /// Bytes that a kernel asks for while it runs.
  package struct ScratchRequest: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    package let bytes: Int
  }

  /// A tensor or a scratch buffer in the head.
  package struct PlannedBuffer: Sendable, Equatable {
    package enum Owner: Sendable, Equatable {
      case value(GraphID, ValueID)
      /// An index into `scratch`.
      case scratch(Int)
    }

    package let owner: Owner
    /// First and last use in the runtime's own time, both included.
    package let firstUse: Int
    package let lastUse: Int
    /// Bytes, rounded up to 16.
    package let size: Int
    package let offset: Int
  }
}

/// The tail by what it holds, each with the bytes lost to alignment; quoted as `print_allocations()` names it.
package struct TFLMTail: Sendable, Equatable {
  /// The allocator's own objects, descriptions of subgraphs, and handles of scratch buffers (not printed).
  package var runtimeObjectBytes = 0
  /// "TfLiteEvalTensor data".
  package var evalTensorBytes = 0
  /// "NodeAndRegistration struct".
  package var nodeBytes = 0
  /// Parsed options of operators (not printed).
  package var parameterBytes = 0
  /// "Persistent buffer data": structures and arrays of kernels, resource variables, input and output lists.
  package var persistentBufferBytes = 0
  /// "TfLiteTensor variable buffer data".
  package var variableBytes = 0
  /// "Persistent TfLiteTensor data": inputs and outputs.
  package var persistentTensorBytes = 0
  /// "Persistent TfLiteTensor quantization data".
  package var quantizationBytes = 0

  package var totalBytes: Int {
    runtimeObjectBytes + evalTensorBytes + nodeBytes + parameterBytes + persistentBufferBytes + variableBytes
      + persistentTensorBytes + quantizationBytes
  }
}
