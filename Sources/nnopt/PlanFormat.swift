import ArgumentParser

/// How `nnopt plan` prints its result.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  /// A table of GitHub's Markdown, a row a model.
  case markdown
  case csv
  /// A test suite, which gates read.
  case junit
}
