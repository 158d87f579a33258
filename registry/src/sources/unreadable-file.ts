/** A file that a command reads is not there, or is not what it must be; the message names it and what would be right. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
}
