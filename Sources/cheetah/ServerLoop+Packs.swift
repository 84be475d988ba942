import Cache
import Link
import LinuxLink
import Logging
import Pack
import Server
import Time

/// A new pack in the place of the one that is served, at SIGHUP.
extension ServerLoop where Device: ~Copyable {
  /// Looks for the site again where it was found. That may take a while, above all for a directory, so a thread beside the
  /// server does it, and tells all workers.
  mutating func openAgain() {
    guard opening == nil else {
      logger.notice("a new pack is being opened already")
      return
    }
    let (path, crew, logger) = (sitePath, crew, logger)
    opening = try? WorkerThread(name: "cheetah-open") {
      do throws(CommandFailure) {
        let site = try ServedSite(path: path)
        guard site.superblock.blockCount <= PackSlot.mostBlocks else {
          throw .failed("\(path) is too large to be served: it has more than \(PackSlot.mostBlocks) blocks")
        }
        crew.pass(.mount(site))
        crew.news.post(.mount(site))
      } catch {
        logger.error("the pack before stays: \(error)")
        crew.news.post(.stay)
      }
    }
  }

  /// Serves another pack from here on.
  mutating func mount(_ site: ServedSite) {
    forgetOpening()
    guard site.superblock != server.engine.superblock else {
      logger.notice("\(site.path) has not changed")
      return
    }
    guard let slot = server.engine.cache.freeSlot else {
      logger.error("the pack before stays: answers out of \(PackSlot.count - 1) others are still on their way")
      return
    }
    do throws(SystemError) {
      try reads.open(site.file, site.superblock, at: slot)
    } catch {
      logger.error("the pack before stays: \(error)")
      return
    }
    _ = server.engine.mount(site.superblock)
    logger.notice("\(site.path) is served now, with \(site.superblock.entryCount) paths")
  }

  /// Closes packs that nobody needs any more. All connections have to be looked at for that, so it is done now and then.
  mutating func unmount(at now: Instant) {
    guard now >= nextUnmount else { return }
    nextUnmount = now + .milliseconds(20)
    while let slot = server.engine.nextUnmounted() {
      reads.close(slot)
      logger.notice("the last answer out of the pack before is done")
    }
  }

  /// The thread that opened a pack has done so, or ends in a moment.
  mutating func forgetOpening() {
    opening?.join()
    opening = nil
  }
}
