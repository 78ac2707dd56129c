/// Command lines as words, and words as a shell takes them.
package enum ShellWords {
  /// Splits at spaces; a part in double or single quotes is one word. nil where a quote does not end.
  package static func split(_ text: String) -> [String]? {
    var (words, word, quote, isWord) = ([String](), "", Character?.none, false)
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        (quote, isWord) = (character, true)
      } else if character.isWhitespace {
        if isWord { words.append(word) }
        (word, isWord) = ("", false)
      } else {
        word.append(character)
        isWord = true
      }
    }
    guard quote == nil else { return nil }
    return isWord ? words + [word] : words
  }

  /// A word as a POSIX shell takes it.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { plain.contains($0) }
    return isPlain && !word.isEmpty
      ? word : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }

  private static let plain = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=%,+@".unicodeScalars)
}
