#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Ends a `ChildProcess` with the process that started it, also where that one was killed.
///
/// A child's standard input is the end of a pipe that is written on, which no other program gives; when nobody is left
/// to read from it, the parent is gone.
package enum ParentWatch {
  /// Watches from now on, on a thread of its own; does nothing in a process that is no child of nnopt's.
  package static func start() {
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE == O_WRONLY else { return }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let started = unsafe pthread_create(
      &thread, nil,
      { _ in
        ParentWatch.wait()
        return nil
      }, nil)
    guard started == 0 else { return }
    #if canImport(Darwin)
      if let thread = unsafe thread { unsafe pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }

  /// Waits until the parent is gone, and ends this process, of which nobody wants anything any more.
  private static func wait() {
    while true {
      var request = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
      let ready = unsafe poll(&request, 1, -1)
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0, Int32(request.revents) & Int32(POLLERR | POLLHUP) != 0 else { return }
      _exit(128 + SIGTERM)
    }
  }
}
