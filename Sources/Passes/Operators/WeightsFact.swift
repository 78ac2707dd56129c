/// Which operands of an operator are weights.
enum WeightsFact: Sendable {
  /// A filter and maybe a bias.
  case layer(LayerOperands)
  /// Several, beside state.
  case recurrent(RecurrentOperands)
  /// It has weights which passes leave alone.
  case untouched(because: String)
  case none
}

/// The operands of a layer: a linear map at every position.
struct LayerOperands: Sendable {
  enum Kind: Sendable {
    case convolution
    /// Every output channel reads one input channel.
    case depthwise
    case dense
    case transposed
  }

  let kind: Kind
  let input: Int
  let filter: Int
  let bias: Int
  /// The filter's axis of output channels, along which scales differ.
  let channelAxis: Int
  /// The first version of the operator with which runtimes read a bias.
  let biasVersion: Int32
  /// Whether the option `asymmetric_quantize_inputs` says how inputs are stored beside int8 weights.
  let hasAsymmetricInputs: Bool
}

/// The operands of an operator with weights and state.
struct RecurrentOperands: Sendable {
  enum Kind: Sendable {
    case lstm
    case svdf
  }

  let kind: Kind
  /// Weights, biases and state: all that is no activation.
  let own: Range<Int>
  /// Weights that kernels take as int8 beside float activations; empty where none are made.
  let hybrid: Range<Int>
  /// Whether the option `asymmetric_quantize_inputs` says how inputs are stored beside int8 weights.
  let hasAsymmetricInputs: Bool
}
