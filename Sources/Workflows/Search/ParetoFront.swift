/// The candidates that no other one is better than in everything: bytes of the file and of the arena, work,
/// accuracy.
package struct ParetoFront: Sendable {
  /// A candidate with its figures.
  package typealias Member = SearchState.Contender

  /// By size, smallest first.
  package let members: [Member]

  /// - Parameters:
  ///   - contenders: of those that are equal in everything, the one with the shortest options stays.
  ///   - slack: a share by which a rival has to be more accurate.
  package init(_ contenders: [Member], slack: Double = 0) {
    let sorted = contenders.sorted(by: Self.isBefore)
    members = sorted.enumerated().filter { index, member in
      !sorted.enumerated().contains { other, rival in
        other != index && Self.dominates(rival, member, isEarlier: other < index, slack)
      }
    }.map(\.element)
  }

  private static func isBefore(_ left: Member, _ right: Member) -> Bool {
    let (first, second) = (rank(left), rank(right))
    if first != second { return first.lexicographicallyPrecedes(second) }
    return left.candidate.key < right.candidate.key
  }

  private static func rank(_ member: Member) -> [Double] {
    costs(member.figures) + [-member.figures.accuracy, Double(member.candidate.options.count)]
  }

  private static func costs(_ figures: SearchFigures) -> [Double] {
    [Double(figures.model.fileBytes), Double(figures.model.arenaBytes), figures.work]
  }

  private static func dominates(
    _ rival: Member, _ member: Member, isEarlier: Bool, _ slack: Double
  ) -> Bool {
    let (left, right) = (costs(rival.figures), costs(member.figures))
    if left == right && rival.figures.accuracy == member.figures.accuracy { return isEarlier }
    return zip(left, right).allSatisfy { $0 <= $1 }
      && rival.figures.accuracy >= member.figures.accuracy + slack
  }
}
