/// A binary heap that pops its smallest element first.
struct MinHeap<Element: Comparable> {
  private var elements: [Element] = []

  var first: Element? { elements.first }

  mutating func push(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard elements[child] < elements[parent] else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let top = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in 2 * parent + 1..<min(2 * parent + 3, max(elements.count, 2 * parent + 1))
      where elements[child] < elements[smallest] {
        smallest = child
      }
      if smallest == parent { return top }
      elements.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
