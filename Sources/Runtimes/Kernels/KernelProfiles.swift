/// What an operator's kernels allocate, library by library.
///
/// CMSIS-NN's are those of TFLM's folder for it, built for speed. ESP-NN's are those of Espressif's port, read
/// from its sources, not measured: mostly the portable structures with an index of a scratch buffer behind.
enum KernelProfiles: Sendable {
  /// Every library's kernel allocates as the portable one.
  case portable(KernelProfile)
  case byLibrary(reference: KernelProfile, cmsisNN: Library, espNN: Library)
  case unknown(because: String)

  /// A library's kernel beside the portable one.
  enum Library: Sendable {
    case portable
    case own(KernelProfile)
  }

  /// The profile of one library's kernel; nil where its allocations are not known.
  func profile(for library: KernelLibrary) -> KernelProfile? {
    switch self {
    case .portable(let profile): return profile
    case .unknown: return nil
    case .byLibrary(let reference, let cmsisNN, let espNN):
      let kernel: Library =
        switch library {
        case .reference: .portable
        case .cmsisNN: cmsisNN
        case .espNN: espNN
        }
      if case .own(let profile) = kernel { return profile }
      return reference
    }
  }
}
