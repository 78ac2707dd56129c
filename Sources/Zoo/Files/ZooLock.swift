internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The right to write into an output folder, for one run at a time.
///
/// The processes that a run starts inherit the lock: while those of a killed run still end, no other run begins.
final class ZooLock {
  private let descriptor: Int32

  /// - Parameter waiting: called once, where another run has the lock.
  /// - Throws: `ZooError.folder` where the lock's file cannot be opened.
  init(folder: String, waiting: () -> Void) throws(ZooError) {
    let path = folder + "/zoo.lock"
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      throw .folder(path: path, reason: "cannot be written: \(systemErrorText())")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK else {
      throw .folder(path: path, reason: "cannot be locked: \(systemErrorText())")
    }
    waiting()
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
  }

  deinit { close(descriptor) }
}
