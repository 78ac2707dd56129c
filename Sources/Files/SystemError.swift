#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The operating system's words for the latest error of this thread.
package func systemErrorText() -> String { systemErrorText(errno) }

/// The operating system's words for an error.
package func systemErrorText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
