import Testing

@testable import Zoo

/// The digests of FIPS 180-4's examples, and those that `sha256sum` prints.
@Suite struct DigestTests {
  private func digest(_ pieces: [[UInt8]]) -> String {
    var digest = Digest()
    for piece in pieces { digest.add(piece) }
    return digest.text()
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownDigests(text: String, expected: String) {
    #expect(digest([Array(text.utf8)]) == expected)
  }

  @Test func aMillionLettersInPiecesOfAnySize() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(digest([letters]) == expected)
    var pieces: [[UInt8]] = []
    var (start, size) = (0, 1)
    while start < letters.count {
      pieces.append(Array(letters[start..<min(start + size, letters.count)]))
      (start, size) = (start + size, size * 3 % 257 + 1)
    }
    #expect(digest(pieces) == expected)
  }

  @Test func lengthsAroundABlock() {
    // printf 'a%.0s' $(seq N) | sha256sum
    let known = [
      55: "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318",
      56: "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a",
      64: "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb",
    ]
    for (count, expected) in known {
      #expect(digest([[UInt8](repeating: UInt8(ascii: "a"), count: count)]) == expected)
    }
  }

  @Test func textsAreToldApart() {
    #expect(Digest.text(of: ["ab", "c"]) != Digest.text(of: ["a", "bc"]))
    #expect(Digest.text(of: ["ab", ""]) != Digest.text(of: ["ab"]))
  }
}
