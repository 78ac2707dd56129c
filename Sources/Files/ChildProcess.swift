#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A process of this one's, whose standard input is the end of a pipe that it writes on.
///
/// Foundation's `Process` brings all of Foundation, and with it tables of languages that are several times the size of
/// nnopt, into a program that is linked statically.
///
/// A program of nnopt's ends with the one that started it, however that ends (`Sources/nnopt/ParentWatch.swift`).
package struct ChildProcess: Sendable {
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Files that what a process prints goes into; nil for the streams of this process.
  package struct Streams: Sendable {
    package let output: String
    package let errors: String

    package init(output: String, errors: String) { (self.output, self.errors) = (output, errors) }
  }

  private let id: pid_t
  /// The other end of the pipe, which is read here.
  private let reports: Int32

  /// Starts a program; nil where that cannot be done.
  package init?(
    _ path: String, arguments: [String], environment: [String: String], streams: Streams? = nil
  ) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let started = Self.spawn(
      path, [path] + arguments, environment.map { "\($0.key)=\($0.value)" }, standardInput: ends[1], streams)
    close(ends[1])
    guard let started else {
      close(ends[0])
      return nil
    }
    (id, reports) = (started, ends[0])
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String], standardInput: Int32, _ streams: Streams?
  ) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)
    for (stream, file) in streams.map({ [(STDOUT_FILENO, $0.output), (STDERR_FILENO, $0.errors)] }) ?? [] {
      unsafe posix_spawn_file_actions_addopen(&actions, stream, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    var attributes = unsafe endableAttributes()
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var id = pid_t()
    return unsafe posix_spawn(&id, path, &actions, &attributes, &words, &variables) == 0 ? id : nil
  }

  #if canImport(Darwin)
    private typealias Attributes = posix_spawnattr_t?
  #else
    private typealias Attributes = posix_spawnattr_t
  #endif

  /// Attributes with which SIGTERM ends a process, whatever the thread that starts it does with signals: threads of
  /// Dispatch block them, and a process with an `Interruption` ignores them.
  @unsafe
  private static func endableAttributes() -> Attributes {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    #if canImport(Darwin)
      return unsafe attributes
    #else
      return attributes
    #endif
  }

  /// Asks the process to end.
  package func terminate() { _ = kill(id, SIGTERM) }

  /// Waits until the process says something or ends; false where it does neither for so long.
  package func waits(seconds: Int) -> Bool {
    while true {
      var request = pollfd(fd: reports, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(
        &request, 1, Int32(clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue))
      if ready < 0 && errno == EINTR { continue }
      return ready != 0
    }
  }

  /// What the process says next; empty where it has ended, or has closed its standard input.
  package func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      #if canImport(Glibc)
        let count = unsafe Glibc.read(reports, &buffer, buffer.count)
      #elseif canImport(Musl)
        let count = unsafe Musl.read(reports, &buffer, buffer.count)
      #else
        let count = unsafe Darwin.read(reports, &buffer, buffer.count)
      #endif
      if count < 0 && errno == EINTR { continue }
      return Array(buffer.prefix(max(count, 0)))
    }
  }

  /// Waits for the end, and closes the pipe.
  package func wait() -> End {
    defer { close(reports) }
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
