extension Int {
  /// A number of things in words: `1 operator`, `2 operators`.
  package func counted(_ noun: String) -> String { "\(self) \(form(of: noun))" }

  /// A noun behind this number: `operator` or `operators`.
  package func form(of noun: String) -> String { self == 1 ? noun : noun + "s" }
}
