import Cache
import Pack
import TestKit
import Testing

/// Blocks of several packs in one cache.
struct PackSlotTests {
  @Test(arguments: [0, 1, 77, 1 << 25 - 1] as [UInt32])
  func `A block has its slot in the bits above its number`(number: UInt32) {
    for slot in 0..<PackSlot.count {
      let block = PackSlot(slot).block(BlockNumber(number))
      #expect(PackSlot(of: block) == PackSlot(slot))
      #expect(PackSlot.own(block) == BlockNumber(number))
    }
    #expect(PackSlot(0).block(BlockNumber(number)).value == number)
  }

  @Test func `A number that no pack has leads to no other pack`() {
    #expect(PackSlot(of: PackSlot(3).block(BlockNumber(.max))) == PackSlot(3))
  }

  @Test func `The slots are taken one after the other`() {
    var bench = CacheBench(frames: 4)
    for number in 1..<PackSlot.count {
      #expect(bench.cache.freeSlot == PackSlot(number))
      bench.cache.mount(UInt64(number), at: PackSlot(number))
    }
    #expect(bench.cache.freeSlot == nil)
    let isFree = bench.cache.unmount(PackSlot(5))
    #expect(isFree)
    #expect(bench.cache.freeSlot == PackSlot(5))
  }

  @Test func `A block must be of the pack in its slot`() {
    var bench = CacheBench(frames: 4)
    bench.cache.mount(1, at: PackSlot(1))
    let answer = bench.cache.request(PackSlot(1).block(BlockNumber(7)), by: 0)
    #expect(answer == .awaited)
    let reads = bench.reads()
    #expect(reads.count == 1)
    // The block with this number, but of the pack in the first slot.
    bench.cache.fill(reads[0], with: bench.blocks.block(7).rawSpan)
    let failure = bench.cache.complete(reads[0], isRead: true)
    #expect(failure != nil)
  }

  @Test func `What was in a slot is forgotten with it`() {
    var bench = CacheBench(frames: 4)
    bench.bring(1)
    bench.bring(2)
    let isFree = bench.cache.unmount(PackSlot(0))
    #expect(isFree)
    #expect([bench.isResident(1), bench.isResident(2)] == [false, false])
    #expect(bench.cache.counters.resident == 0)
    #expect(bench.cache.freeSlot == PackSlot(0))
    bench.cache.mount(TestBlocks.identity, at: PackSlot(0))
    let wasThere = bench.bring(1)
    #expect(!wasThere)
  }

  @Test func `A slot is not free as long as a block of it is pinned or on its way`() {
    var bench = CacheBench(frames: 4)
    bench.bring(1)
    bench.pin(1)
    var answers = [bench.cache.unmount(PackSlot(0))]
    #expect([bench.isResident(1)] == [true])
    bench.unpin(1)
    #expect(bench.request(2, by: 1) == .awaited)
    answers.append(bench.cache.unmount(PackSlot(0)))
    for read in bench.reads() { #expect(bench.finish(read) == nil) }
    answers.append(bench.cache.unmount(PackSlot(0)))
    #expect(bench.readyWaiters() == [1])
    answers.append(bench.cache.unmount(PackSlot(0)))
    #expect(answers == [false, false, false, true])
  }
}
