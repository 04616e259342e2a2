import { proxyActivities, sleep } from '@temporalio/workflow';

const { send } = proxyActivities<{ send(): Promise<void> }>({ startToCloseTimeout: '10 seconds' });

/** The textbook form of reminders: for each a timer, then an activity that sends it. */
export async function remindByTheBook(reminders: number): Promise<void> {
  for (let sent = 0; sent < reminders; sent += 1) {
    await sleep('1 second');
    await send();
  }
}
