/** The largest mail that is taken in, by whatever door; most mail servers of the field stop there as well. */
export const incomingBytesAtMost = 25 * 1024 * 1024;
