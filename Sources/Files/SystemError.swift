#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The operating system's words for the latest error of this thread.
package func systemErrorText() -> String {
  unsafe String(cString: strerror(errno))
}
