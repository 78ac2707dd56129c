import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends a command that another nnopt started with that one, also where it was killed.
///
/// The standard input of a `ChildProcess` is the end of a pipe that is written on, which no other program gives; when
/// nobody is left to read from it, the parent is gone.
enum ParentWatch {
  /// Watches from now on, on a thread of its own; does nothing in a process that no nnopt started.
  static func start() {
    var status = stat()
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    guard unsafe fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFIFO, flags >= 0,
      flags & O_ACCMODE == O_WRONLY
    else { return }
    DispatchQueue(label: "parent").async { wait() }
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
