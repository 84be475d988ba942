import PackBuilder
import Testing

/// Work that is done on several threads.
struct OrderedWorkTests {
  @Test(arguments: [1, 3]) func `Outcomes are taken in order, each behind its steps`(jobs: Int) {
    var taken: [String] = []
    OrderedWork<Int>(count: 4, jobs: jobs).run { number, step in
      for _ in 0..<number where !step() { return -1 }
      return number
    } take: { number, event in
      switch event {
      case .step: taken.append("step of \(number)")
      case .done(let outcome): taken.append("\(outcome)")
      }
    }
    #expect(
      taken == [
        "0", "step of 1", "1", "step of 2", "step of 2", "2", "step of 3", "step of 3", "step of 3", "3",
      ])
  }

  @Test(arguments: [1, 3]) func `Work that is not wanted any more ends at its next step`(jobs: Int) {
    #expect(throws: BuildError.interrupted) {
      // These would never end.
      try OrderedWork<Void>(count: 4, jobs: jobs).run { _, step in
        while step() {}
      } take: { _, _ throws(BuildError) in
        throw .interrupted
      }
    }
  }
}
