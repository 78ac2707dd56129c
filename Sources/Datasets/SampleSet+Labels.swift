extension SampleSet {
  /// The classes that the sub-folders of a folder of images stand for; nil for other data.
  package var labels: Labels? {
    guard inputs.count == 1, let source = inputs[0].source as? ImageSource, let values = source.folder.labels
    else { return nil }
    return Labels(Array(values.prefix(count)), file: source.name)
  }
}
