/// In which order an operator's kernels read and write, library by library.
enum OverlapFacts: Sendable {
  /// An output may never lie over an input.
  case none(because: String)
  /// The portable kernel goes in a family's order; every other library says how its kernels go.
  case family(OverlapFamily, cmsisNN: LibraryOrder, espNN: LibraryOrder)

  /// In which order a library's kernel reads and writes.
  enum LibraryOrder: Sendable {
    case portable
    /// In the portable order at some sites; the order at others is another one, or not known.
    case portableWhere(@Sendable (OverlapSite) -> Bool)
    case disjoint(because: String)
  }

  /// A family whose kernels all three libraries run in the portable order.
  ///
  /// A library that is added has to be named here, and is `.disjoint` until its kernels have been read.
  static func everywhere(_ family: OverlapFamily) -> OverlapFacts {
    .family(family, cmsisNN: .portable, espNN: .portable)
  }

  /// Pools: with CMSIS-NN int8 has been measured, floats are computed by the portable kernels, all else is not known.
  static let pools = OverlapFacts.family(
    .pool, cmsisNN: .portableWhere { $0.isFloat || $0.input.elementType == .int8 }, espNN: .portable)

  /// The rule between an operator's output and one input.
  func rule(_ site: OverlapSite, for library: KernelLibrary) -> OverlapRule {
    guard case .family(let family, let cmsisNN, let espNN) = self else { return .disjoint }
    let order: LibraryOrder =
      switch library {
      case .reference: .portable
      case .cmsisNN: cmsisNN
      case .espNN: espNN
      }
    switch order {
    case .portable: return family.rule(site)
    case .portableWhere(let isPortable): return isPortable(site) ? family.rule(site) : .disjoint
    case .disjoint: return .disjoint
    }
  }
}

extension OverlapFacts.LibraryOrder {
  /// ESP-NN's assembly for the ESP32-S3 reads ahead of what it writes, and strip by strip: read, not run.
  /// Floats are computed by the portable kernels.
  static let espConvolution = OverlapFacts.LibraryOrder.portableWhere { $0.isFloat }
}
