import GraphIR
import Tensors

/// Which nodes of a graph become integer ones, and how every value is then stored.
struct QuantizationPlan: Sendable {
  /// The activation type of each node; nil where it stays as it is.
  var nodeTypes: [ElementType?]
  /// The type in which each value is made; nil where it stays as it is.
  var homes: [ElementType?]
  /// How resource variables are stored, by number; nil for those that stay float.
  var variables: [AffineParameters?] = []
  private var values: [Slot: AffineParameters] = [:]
  private var operands: [Operand: AffineParameters] = [:]

  /// A value in one type.
  struct Slot: Hashable, Sendable {
    let value: ValueID
    let type: ElementType
  }

  /// One input of one node.
  struct Operand: Hashable, Sendable {
    let node: NodeID
    let position: Int
  }

  init(nodeTypes: [ElementType?], homes: [ElementType?]) {
    self.nodeTypes = nodeTypes
    self.homes = homes
  }

  /// How a value is stored in a type; nil where it never is.
  func parameters(of value: ValueID, as type: ElementType) -> AffineParameters? {
    values[Slot(value: value, type: type)]
  }

  /// How a node takes an operand, where that differs from how the value is stored: constants, and values
  /// whose scale a kernel has fixed.
  func parameters(of operand: Operand) -> AffineParameters? { operands[operand] }

  mutating func set(_ parameters: AffineParameters, for slot: Slot) { values[slot] = parameters }

  mutating func set(_ parameters: AffineParameters, for operand: Operand) { operands[operand] = parameters }
}
