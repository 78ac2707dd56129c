package import GraphIR

/// A local change of a graph that keeps its meaning.
///
/// One rule, one file: the algebra and its conditions stand in its doc comment. Equal models give equal
/// edits: rules decide by numbers of nodes and values only.
package protocol RewriteRule: Sendable {
  /// The name by which logs know the rule, in kebab case, a verb first.
  static var name: String { get }

  /// Looks at one node, the last of the rule's pattern.
  func match(at node: NodeID, in context: RewriteContext) -> RewriteMatch
}

/// What a rule found at a node.
package enum RewriteMatch: Sendable {
  /// The rule's pattern is not there.
  case none
  /// The pattern is there, but the change would not be right, or not be better: why, as a sentence
  /// without a full stop.
  case refused(String)
  /// What to change.
  case found(GraphEdit)
}

/// Why a rule stops in the middle of a match; `RewriteMatch` in the form of an error.
struct Refusal: Error {
  /// The sentence; nil where the pattern is not there at all.
  let sentence: String?

  init(_ sentence: String) { self.sentence = sentence }

  private init() { sentence = nil }

  /// The pattern is not there.
  static let noMatch = Refusal()
}

extension RewriteMatch {
  /// The match that a body finds; one that throws refuses.
  init(_ body: () throws(Refusal) -> GraphEdit) {
    do throws(Refusal) {
      self = .found(try body())
    } catch {
      self = error.sentence.map { .refused($0) } ?? .none
    }
  }
}
