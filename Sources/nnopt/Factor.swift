import ArgumentParser

/// A number as people write it: `0.5`, `1/255`.
struct Factor: ExpressibleByArgument {
  let value: Double
  /// As it was written.
  let text: String

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, (1...2).contains(parts.count), numbers.allSatisfy(\.isFinite) else {
      return nil
    }
    guard let last = numbers.last, parts.count == 1 || last != 0 else { return nil }
    let value = parts.count == 1 ? last : numbers[0] / last
    guard value.isFinite else { return nil }
    self.value = value
    text = argument
  }

  static let defaultCompletionKind = CompletionKind.default
}
