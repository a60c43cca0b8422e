/** Work that ended because its signal was aborted; what was finished is in the journal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
