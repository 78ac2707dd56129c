import Passes
import Planning

/// Memories as people write them: `sram=160K,psram=4M`, the fastest first.
struct RegionList {
  let regions: [Plan.Pool]

  static let mostRegions = 8
  private static let mostBytes = (1 << 32) - 1

  /// - Throws: `Invalid` with what is wrong.
  init(parsing text: String) throws(Invalid) {
    var regions: [Plan.Pool] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = halves.first.map(String.init) ?? ""
      guard halves.count == 2 else { throw Invalid("'\(part)' is not a name, '=' and a size") }
      guard Self.isName(name) else {
        throw Invalid("a region's name consists of letters, digits and '_', and starts with no digit")
      }
      guard !regions.contains(where: { $0.name == name }) else { throw Invalid("'\(name)' is there twice") }
      guard let size = ByteSize(argument: String(halves[1])), (1...Self.mostBytes).contains(size.bytes) else {
        throw Invalid("the size of '\(name)' is 1 byte to less than 4096M, such as 160K")
      }
      regions.append(Plan.Pool(name: name, capacityBytes: size.bytes))
    }
    guard regions.count <= Self.mostRegions else { throw Invalid("at most \(Self.mostRegions) regions") }
    self.regions = regions
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// What is wrong with a list of regions.
  struct Invalid: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }
}
