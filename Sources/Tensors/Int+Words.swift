extension Int {
  /// A number of things in words: `1 operator`, `2 operators`.
  package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
