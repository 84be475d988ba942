import CNft
import SystemPackage

/// The kernel's packet filter, spoken to in the language of nft(8) through libnftables.
@safe
package struct PacketRules: ~Copyable {
  private let context: OpaquePointer

  /// A connection to the packet filter of the network namespace that the process is in.
  /// - Parameter isTrial: whether the kernel is only asked if it would carry commands out.
  package init(isTrial: Bool = false) throws(SystemError) {
    guard let context = unsafe nft_ctx_new(UInt32(NFT_CTX_DEFAULT)) else {
      throw SystemError("speak to the packet filter", .noMemory)
    }
    unsafe self.context = context
    unsafe nft_ctx_set_dry_run(context, isTrial)
    _ = unsafe nft_ctx_buffer_output(context)
    _ = unsafe nft_ctx_buffer_error(context)
  }

  deinit {
    unsafe nft_ctx_free(context)
  }

  /// Why commands were not carried out: libnftables' own words.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    /// The words.
    package let description: String
  }

  /// Carries out commands, all of them or none.
  /// - Returns: what they print.
  @discardableResult
  package func run(_ commands: String) throws(Failure) -> String {
    let result = unsafe nft_run_cmd_from_buffer(context, commands)
    let output = unsafe String(cString: nft_ctx_get_output_buffer(context))
    let errors = unsafe String(cString: nft_ctx_get_error_buffer(context))
    guard result == 0 else {
      let first = errors.split(separator: "\n").first ?? "no reason given"
      throw Failure(description: "the packet filter refused: \(first)")
    }
    return output
  }
}
