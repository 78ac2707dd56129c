/// SHA-256 (FIPS 180-4, 2015) of bytes that come in pieces: says whether a file is the one that was worked on.
struct Digest {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// The digest of some texts, of which none can be mistaken for a part of another.
  static func text(of texts: [String]) -> String {
    var digest = Digest()
    for text in texts {
      digest.add(Array("\(text.utf8.count):".utf8))
      digest.add(Array(text.utf8))
    }
    return digest.text()
  }

  mutating func add(_ bytes: [UInt8]) {
    byteCount &+= UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending += bytes[..<start]
      guard pending.count == 64 else { return }
      mix(pending, at: 0)
      pending = []
    }
    while bytes.count - start >= 64 {
      mix(bytes, at: start)
      start += 64
    }
    pending += bytes[start...]
  }

  /// 64 hexadecimal digits.
  mutating func text() -> String {
    let bits = byteCount &* 8
    add([0x80] + [UInt8](repeating: 0, count: (119 - pending.count) % 64))
    add((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func mix(_ bytes: [UInt8], at start: Int) {
    var words = [UInt32](repeating: 0, count: 64)
    for index in 0..<16 {
      let place = start + 4 * index
      words[index] =
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
        | UInt32(bytes[place + 3])
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = Self.turned(early, 7) ^ Self.turned(early, 18) ^ (early >> 3)
      let second = Self.turned(late, 17) ^ Self.turned(late, 19) ^ (late >> 10)
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let high = Self.turned(e, 6) ^ Self.turned(e, 11) ^ Self.turned(e, 25)
      let one = h &+ high &+ ((e & f) ^ (~e & g)) &+ Self.constants[index] &+ words[index]
      let low = Self.turned(a, 2) ^ Self.turned(a, 13) ^ Self.turned(a, 22)
      let two = low &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  private static func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var primes: [Int] = []
    var number = 2
    while primes.count < 64 {
      if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
      number += 1
    }
    return primes.map { prime in
      // The root of prime · 2⁹⁶ is the root times 2³²; its last 32 bits are the fraction.
      var (low, high) = (UInt64(0), UInt64(1) << 36)
      while high - low > 1 {
        let middle = (low + high) / 2
        if isCubeAtMost(middle, prime) { low = middle } else { high = middle }
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }()

  /// Whether the cube of a number is at most prime · 2⁹⁶.
  private static func isCubeAtMost(_ number: UInt64, _ prime: Int) -> Bool {
    let square = number.multipliedFullWidth(by: number)
    let low = square.low.multipliedFullWidth(by: number)
    let (middle, carries) = (square.high &* number).addingReportingOverflow(low.high)
    let limit = UInt64(prime) << 32
    return !carries && (middle < limit || middle == limit && low.low == 0)
  }
}
