extension KernelRelease {
  /// All known releases of a library, the oldest first.
  package static func all(of library: KernelLibrary) -> [KernelRelease] {
    switch library {
    case .reference:
      [KernelRelease(library: .reference, version: "2026-08", date: "2026-08", facts: .portable)]
    case .cmsisNN: cmsisNN
    case .espNN: espNN
    }
  }

  /// The newest release of a library that is known.
  package static func newest(of library: KernelLibrary) -> KernelRelease {
    all(of: library).last
      ?? KernelRelease(library: library, version: "", date: "", facts: .portable)
  }

  /// Read off the sources of the releases (`arm_…_get_buffer_sizes_s8.c`, `…_s16.c`). TFLM of August 2026 takes a
  /// revision of June 2026, whose sizes are those of 7.0.0.
  private static let cmsisNN: [KernelRelease] = [
    cmsisNN(
      "4.1.0", "2023-05",
      CmsisFacts(
        columnsWithDSP: 1, columnsWithVectors: 8, hasRowSize: false, hasInt16Vectors: false,
        convertsOneChannel: false)),
    cmsisNN(
      "5.0.0", "2023-11",
      CmsisFacts(
        columnsWithDSP: 4, columnsWithVectors: 8, hasRowSize: false, hasInt16Vectors: false,
        convertsOneChannel: false)),
    cmsisNN(
      "6.0.0", "2024-06",
      CmsisFacts(
        columnsWithDSP: 4, columnsWithVectors: 16, hasRowSize: true, hasInt16Vectors: true,
        convertsOneChannel: false)),
    cmsisNN(
      "7.0.0", "2024-11",
      CmsisFacts(
        columnsWithDSP: 4, columnsWithVectors: 16, hasRowSize: true, hasInt16Vectors: true,
        convertsOneChannel: true)),
  ]

  /// Read off the sources of the releases. The fix behind 1.2.3 is pull request 37 of August 2026, which no release
  /// that is known has: the sizes of ordinary convolutions are those of 1.2.3 there.
  private static let espNN: [KernelRelease] = [
    espNN("1.0.0", "2023-06", .copies, .whole(margin: 16), .portable),
    espNN("1.0.1", "2023-08", .copies, .whole(margin: 16), .portable),
    espNN("1.0.2", "2023-10", .copies, .whole(margin: 16), .portable),
    espNN("1.1.0", "2024-09", .copies, .whole(margin: 16), .copies),
    espNN("1.1.1", "2025-02", .copies, .whole(margin: 16), .copies),
    espNN("1.1.2", "2025-09", .copies, .whole(margin: 16), .copies),
    espNN("1.2.0", "2026-04", .copies, .whole(margin: 32), .copies),
    espNN("1.2.1", "2026-04", .windows(margin: 32), .strips(isTooSmall: true), .copies),
    espNN("1.2.2", "2026-04", .windows(margin: 32), .strips(isTooSmall: true), .copies),
    espNN("1.2.3", "2026-04", .windows(margin: 64), .strips(isTooSmall: true), .tiles),
    espNN("1.2.3+pr37", "2026-08", .windows(margin: 64), .strips(isTooSmall: false), .tiles),
  ]

  private static func cmsisNN(_ version: String, _ date: String, _ facts: CmsisFacts)
    -> KernelRelease
  {
    KernelRelease(library: .cmsisNN, version: version, date: date, facts: .cmsisNN(facts))
  }

  private static func espNN(
    _ version: String, _ date: String, _ convolution: EspFacts.Convolution,
    _ depthwise: EspFacts.Depthwise,
    _ convolutionP4: EspFacts.ConvolutionP4
  ) -> KernelRelease {
    KernelRelease(
      library: .espNN, version: version, date: date,
      facts: .espNN(
        EspFacts(convolution: convolution, depthwise: depthwise, convolutionP4: convolutionP4)))
  }

  /// Those of the newest CMSIS-NN where the release is of another library, whose kernels never ask.
  var cmsisFacts: CmsisFacts {
    if case .cmsisNN(let facts) = facts { return facts }
    return CmsisFacts(
      columnsWithDSP: 4, columnsWithVectors: 16, hasRowSize: true, hasInt16Vectors: true,
      convertsOneChannel: true)
  }

  /// Those of the newest ESP-NN where the release is of another library, whose kernels never ask.
  var espFacts: EspFacts {
    if case .espNN(let facts) = facts { return facts }
    return EspFacts(
      convolution: .windows(margin: 64), depthwise: .strips(isTooSmall: false),
      convolutionP4: .tiles)
  }
}
