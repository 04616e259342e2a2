/** Milliseconds of processor time that the work took in this process: a busy machine makes it wait, and takes no more of it. */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}
