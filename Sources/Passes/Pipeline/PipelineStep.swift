/// One step of a pipeline: a pass, and gentler forms of it for the case that it costs too much accuracy.
package struct PipelineStep: Sendable {
  package let name: String
  /// The pass as it was asked for first, then gentler and gentler.
  package let variants: [Variant]

  /// A pass with the words that tell it from its gentler forms.
  package struct Variant: Sendable {
    package let label: String
    package let pass: any Pass

    package init(_ label: String, _ pass: any Pass) {
      self.label = label
      self.pass = pass
    }
  }

  package init(_ name: String, _ variants: [Variant]) {
    self.name = name
    self.variants = variants
  }

  /// A step that changes no answers, and so has no gentler form.
  package init<Only: Pass>(_ pass: Only) {
    self.init(Only.name, [Variant("", pass)])
  }
}

/// What became of a step.
package struct PipelineRecord: Sendable {
  package let name: String
  package let outcome: Outcome
  package let log: PassLog
  /// Behind the step; as before it where it was taken back.
  package let figures: ModelFigures
  package let seconds: Double

  package enum Outcome: Sendable, Equatable {
    case applied(String)
    /// A gentler form was used; with the accuracy that the forms before it had.
    case softened(String, tried: [Attempt])
    /// No form kept the accuracy.
    case rolledBack(tried: [Attempt])
    /// The pass does not take the model, and why.
    case refused(String)
    /// There was nothing to do.
    case unchanged
  }

  /// A form that lost too much accuracy.
  package struct Attempt: Sendable, Equatable {
    package let label: String
    package let top1: Double
  }
}
