/// A library of kernels as a user names it: `esp-nn`, or `esp-nn@1.2.3`.
package struct KernelChoice: Sendable, Equatable {
  package let library: KernelLibrary
  package let release: KernelRelease

  /// - Parameter release: nil for the newest that is known.
  package init(_ library: KernelLibrary, release: KernelRelease? = nil) {
    self.library = library
    self.release = release ?? .newest(of: library)
  }

  /// - Throws: `KernelChoiceError` naming what is known.
  package init(parsing text: String) throws(KernelChoiceError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    guard let library = KernelLibrary(rawValue: parts[0]) else { throw .library(parts[0]) }
    guard parts.count == 2 else {
      self.init(library)
      return
    }
    let releases = KernelRelease.all(of: library)
    guard let release = releases.first(where: { $0.version == parts[1] }) else {
      throw .version(parts[1], of: library)
    }
    self.init(library, release: release)
  }
}

/// Why a text names no kernels.
package enum KernelChoiceError: Error, Equatable {
  case library(String)
  case version(String, of: KernelLibrary)
}

extension KernelChoiceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .library(let name):
      "no library of kernels is called '\(name)'; there are "
        + KernelLibrary.allCases.map(\.rawValue).joined(separator: ", ")
    case .version(let version, let library):
      "nnopt does not know version '\(version)' of \(library.rawValue); it knows "
        + KernelRelease.all(of: library).map(\.version).joined(separator: ", ")
    }
  }
}
