import GraphIR

extension Node {
  /// The operand at a position; nil where it is absent.
  func operand(_ position: Int) -> ValueID? { inputs.indices.contains(position) ? inputs[position] : nil }
}
