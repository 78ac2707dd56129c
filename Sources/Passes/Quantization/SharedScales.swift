import GraphIR
import Tensors

/// Values that must be stored alike, as sets that grow together (union-find).
struct SharedScales {
  private var parents: [Int] = []
  private var fixed: [AffineParameters?] = []
  private var numbers: [QuantizationPlan.Slot: Int] = [:]
  private var isolated: Set<Int> = []
  private(set) var slots: [QuantizationPlan.Slot] = []
  /// Constants that are stored like a set's values, by the number of a member.
  private(set) var constants: [(member: Int, operand: QuantizationPlan.Operand, value: ValueID)] = []

  /// The number of a slot, which is made on first use.
  mutating func number(of slot: QuantizationPlan.Slot) -> Int {
    if let number = numbers[slot] { return number }
    numbers[slot] = slots.count
    parents.append(slots.count)
    fixed.append(nil)
    slots.append(slot)
    return slots.count - 1
  }

  /// The number of a slot that has been used; nil for others.
  func known(_ slot: QuantizationPlan.Slot) -> Int? { numbers[slot] }

  /// The number that stands for a slot's set: its smallest member.
  func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number { number = parents[number] }
    return number
  }

  /// The quantization that a kernel gives a set; nil where it is free.
  func fixedParameters(_ number: Int) -> AffineParameters? { fixed[root(number)] }

  /// Lets nothing share the quantization of a slot.
  mutating func isolate(_ number: Int) { isolated.insert(number) }

  mutating func fix(_ number: Int, _ parameters: AffineParameters) { fixed[root(number)] = parameters }

  /// Whether two sets can be one: not both are fixed, or alike.
  func canUnite(_ first: Int, _ second: Int) -> Bool {
    guard !isolated.contains(first), !isolated.contains(second) else { return root(first) == root(second) }
    guard let left = fixedParameters(first), let right = fixedParameters(second) else { return true }
    return left == right
  }

  /// Makes two sets one.
  mutating func unite(_ first: Int, _ second: Int) {
    let (left, right) = (root(first), root(second))
    guard left != right else { return }
    let (kept, gone) = (min(left, right), max(left, right))
    fixed[kept] = fixed[kept] ?? fixed[gone]
    parents[gone] = kept
  }

  /// Adds a constant operand to a set.
  mutating func add(_ operand: QuantizationPlan.Operand, _ value: ValueID, to member: Int) {
    constants.append((member, operand, value))
  }
}
