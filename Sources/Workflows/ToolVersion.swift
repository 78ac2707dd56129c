/// The version of nnopt, which every JSON document repeats.
package enum ToolVersion {
  package static let text = "0.2.0"
}
