import GraphIR
import Operators
import Tensors

/// Which channels of a graph must go together.
///
/// A channel is one index of a value's last axis. Operators tie channels of their operands to channels of
/// their results: an ADD ties both operands' and the result's, a RESHAPE to a flat row ties a channel to
/// every index it is copied to. CONV_2D and FULLY_CONNECTED tie nothing, as their weights can lose any
/// input and any output. What an unknown operator touches stays.
struct ChannelLinks: Sendable {
  /// A set of channels that go together.
  struct Group: Sendable {
    /// The first value, in the file's order, that has a channel of the group: groups with the same one
    /// are channels of the same tensors.
    let family: ValueID
    /// Channels by value, ascending.
    let members: [(value: ValueID, channel: Int)]

    /// What tells a group from all others: its first channel.
    struct ID: Hashable {
      let value: ValueID
      let channel: Int?
    }

    var id: ID { ID(value: family, channel: members.first?.channel) }

    /// How many groups there are of each family, by value.
    static func counts(of groups: [Group]) -> [(value: ValueID, count: Int)] {
      var counts: [ValueID: Int] = [:]
      for group in groups { counts[group.family, default: 0] += 1 }
      return counts.sorted { $0.key < $1.key }.map { (value: $0.key, count: $0.value) }
    }
  }

  /// What no pass may touch.
  struct Refusal: Sendable, Equatable {
    let value: ValueID
    let reason: String
  }

  /// Groups that may be removed, by their first member.
  private(set) var groups: [Group] = []
  /// One for every tensor whose channels must stay, by value.
  private(set) var refusals: [Refusal] = []

  private var starts: [Int] = []
  private var parents: [Int32] = []
  private var reasons: [Int: String] = [:]

  /// Channels beyond which a graph is refused.
  private static let channelLimit = 1 << 22

  /// Whether a graph has few enough channels that something is kept for each: a file of some bytes can declare
  /// billions.
  static func canFollow(_ graph: Graph) -> Bool {
    graph.values.reduce(0) { $0.saturatingAdd(channelCount(of: $1)) } <= channelLimit
  }

  /// - Returns: nil where the graph has too many channels to follow.
  init?(_ graph: Graph) {
    guard Self.canFollow(graph) else { return nil }
    var total = 0
    for value in graph.values {
      starts.append(total)
      total += Self.channelCount(of: value)
    }
    starts.append(total)
    parents = (0..<Int32(total)).map(\.self)
    for id in graph.inputs.compactMap(\.self) { keep(id, "it is an input of the model") }
    for id in graph.outputs.compactMap(\.self) { keep(id, "it is an output of the model") }
    for (index, value) in graph.values.enumerated() where value.isVariable {
      keep(ValueID(index), "it is state between runs")
    }
    for node in graph.nodes { link(node, in: graph) }
    collect(graph)
  }

  /// Channels of a value: its last axis; none where it has no axes or another type than activations have.
  static func channelCount(of value: Value) -> Int {
    switch value.elementType {
    case .float32, .int8, .uint8, .int16: value.shape?.dimensions.last ?? 0
    default: 0
    }
  }

  /// Whether a layer with these types of input and weights can lose channels.
  static func takes(_ input: ElementType, weights: ElementType) -> Bool {
    switch (input, weights) {
    case (.float32, .float32), (.int8, .int8), (.uint8, .uint8), (.int16, .int8): true
    default: false
    }
  }

  func channels(of value: ValueID) -> Range<Int> { 0..<channelCount(value) }

  func channelCount(_ value: ValueID) -> Int { starts[value.index + 1] - starts[value.index] }

  /// Keeps all channels of a value, and all that go with them.
  mutating func keep(_ value: ValueID, _ reason: String) {
    for channel in 0..<channelCount(value) {
      let root = root(starts[value.index] + channel)
      if reasons[root] == nil { reasons[root] = reason }
    }
  }

  mutating func tie(_ left: ValueID, _ leftChannel: Int, _ right: ValueID, _ rightChannel: Int) {
    let first = root(starts[left.index] + leftChannel)
    let second = root(starts[right.index] + rightChannel)
    guard first != second else { return }
    let (low, high) = (min(first, second), max(first, second))
    parents[high] = Int32(low)
    if let reason = reasons.removeValue(forKey: high), reasons[low] == nil { reasons[low] = reason }
  }

  private mutating func root(_ channel: Int) -> Int {
    var current = channel
    while Int(parents[current]) != current {
      parents[current] = parents[Int(parents[current])]
      current = Int(parents[current])
    }
    return current
  }

  /// Sorts channels into groups, and drops groups that no layer makes.
  private mutating func collect(_ graph: Graph) {
    var made = Set<ValueID>()
    for node in graph.nodes where node.passFacts?.channels == .layer {
      made.formUnion(node.outputs)
    }
    var members: [Int: [(value: ValueID, channel: Int)]] = [:]
    var order: [Int] = []
    for index in graph.values.indices {
      var reason: String?
      for channel in 0..<channelCount(ValueID(index)) {
        let root = root(starts[index] + channel)
        if members[root] == nil { order.append(root) }
        members[root, default: []].append((ValueID(index), channel))
        reason = reason ?? reasons[root]
      }
      if let reason, made.contains(ValueID(index)) {
        refusals.append(Refusal(value: ValueID(index), reason: reason))
      }
    }
    groups = order.compactMap { root in
      guard reasons[root] == nil, let members = members[root], let first = members.first,
        members.contains(where: { made.contains($0.value) })
      else { return nil }
      return Group(family: first.value, members: members)
    }
  }
}
