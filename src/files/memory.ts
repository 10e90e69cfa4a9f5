/** How much memory one file may take while it is opened. */
const MOST_BYTES = 512 * 1024 * 1024;
const PAGE = 65_536;

/** Opening a file would take more memory than it may. */
export class MemoryLimitError extends Error {}

/**
 * Runs a WebAssembly program that cannot grow beyond {@link MOST_BYTES}: all its memory comes through `grow`. Made for
 * a process that opens one file at a time.
 * @throws MemoryLimitError when it wanted more, whatever it made of the refusal itself
 */
export async function withinMemory<T>(work: () => Promise<T>): Promise<T> {
  const { grow } = WebAssembly.Memory.prototype;
  let refused = false;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > MOST_BYTES) {
      refused = true;
      throw new RangeError('no more memory for this file');
    }
    return grow.call(this, pages);
  };
  try {
    const result = await work();
    if (refused) throw new MemoryLimitError();
    return result;
  } catch (error) {
    throw refused ? new MemoryLimitError() : error;
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
}
