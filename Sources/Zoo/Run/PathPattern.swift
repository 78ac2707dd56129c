/// A pattern for names in a zoo: `*` stands for characters of one name, `**` for whole names and none, `?` for one
/// character.
struct PathPattern: Sendable, Equatable {
  private let names: [Substring]

  init(_ text: String) { names = text.split(separator: "/") }

  func matches(_ path: String) -> Bool { Self.matches(names[...], path.split(separator: "/")[...]) }

  private static func matches(_ patterns: ArraySlice<Substring>, _ names: ArraySlice<Substring>) -> Bool {
    // By the number of names: whether the patterns so far match them.
    var reached = [Bool](repeating: false, count: names.count + 1)
    reached[0] = true
    for pattern in patterns {
      var next = [Bool](repeating: false, count: names.count + 1)
      for count in 0...names.count {
        if pattern == "**" {
          next[count] = reached[count] || count > 0 && next[count - 1]
        } else if count > 0, reached[count - 1] {
          next[count] = isMatch(Array(pattern), Array(names[names.startIndex + count - 1]))
        }
      }
      reached = next
    }
    return reached[names.count]
  }

  private static func isMatch(_ pattern: [Character], _ name: [Character]) -> Bool {
    var reached = [Bool](repeating: false, count: name.count + 1)
    reached[0] = true
    for character in pattern {
      var next = [Bool](repeating: false, count: name.count + 1)
      for count in 0...name.count {
        if character == "*" {
          next[count] = reached[count] || count > 0 && next[count - 1]
        } else if count > 0, reached[count - 1] {
          next[count] = character == "?" || character == name[count - 1]
        }
      }
      reached = next
    }
    return reached[name.count]
  }
}
